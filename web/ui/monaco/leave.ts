// Tab belongs to the text until Escape is pressed: then it leaves the editor, and belongs to it again once it is back.
import { KeyCode, type IDisposable, type editor } from 'monaco-editor/editor';

/** Lets Escape give Tab back to the page until the editor loses the focus. */
export function leaveByEscape(made: editor.IStandaloneCodeEditor): IDisposable {
  const isFree = () => made.getRawOptions().tabFocusMode === true;
  const setFree = (tabFocusMode: boolean) => made.updateOptions({ tabFocusMode });
  const keys = made.onKeyDown((event) => {
    if (event.keyCode === KeyCode.Escape && !isFree()) setFree(true);
    else if (isFree() && event.keyCode !== KeyCode.Tab && event.keyCode !== KeyCode.Shift) setFree(false);
  });
  const blur = made.onDidBlurEditorWidget(() => setFree(false));
  return {
    dispose() {
      keys.dispose();
      blur.dispose();
    },
  };
}

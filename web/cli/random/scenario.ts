// Random scenarios: a seed and an area give a text. After each call it prints the result and asks see() for the state.
import { AREAS, type Area } from './areas';
import { Draw } from './draw';
import { PAGES } from './ops';

// By this line a scenario asks for its state; what stands for it is the harness's.
const SEE = 'puts("see");';

const PRELUDE = `
#define A ((char *)0x100000000000)
#define P PAGE_SIZE
#define PAGES ${PAGES}
int fd[3];
int id[3];
long data;

void done(int n, long result)
{
    printf("%d: %ld %d\\n", n, result, result == -1 ? errno : 0);
    ${SEE}
}

int limit(int resource, unsigned long soft)
{
    struct rlimit r;
    getrlimit(resource, &r);
    r.rlim_cur = soft < r.rlim_max ? soft : r.rlim_max;
    return setrlimit(resource, &r);
}

long data_pages(void)
{
    for (long n = 0;; n++) {
        limit(RLIMIT_DATA, n * P);
        char *at = mmap(A, P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (at == MAP_FAILED) continue;
        munmap(at, P);
        limit(RLIMIT_DATA, RLIM_INFINITY);
        return n - 1;
    }
}

int resident(char *at, size_t len)
{
    unsigned char vec[PAGES];
    int result = mincore(at, len, vec);
    for (int i = 0; result == 0 && i < len / P; i++) printf("%d", vec[i] & 1);
    puts(result == 0 ? "" : "?");
    return result;
}
`;

/** Writes a random scenario. */
export function randomScenario(name: string, seed: number): string {
  const area = AREAS[name]!;
  const draw = new Draw(seed);
  let n = 0;
  const line = (op: string): string => `done(${++n}, ${op});`;
  const body = area.begin.map((op) => line(op(draw)));
  const calls = 20 + draw.below(20);
  while (n < calls) {
    if (draw.below(16) === 0 && !area.alone) body.push(fork(draw, area, () => ++n));
    else body.push(line(draw.weighted(area.ops)(draw)));
  }
  const head = [`// Random calls: ${name}, seed ${seed}.`, ...pragmas(name, area, draw)];
  return `${[...head, PRELUDE, SEE, ...body].join('\n')}\n`;
}

function pragmas(name: string, area: Area, draw: Draw): string[] {
  const limit = draw.pick([[], [], [`#pragma rlimit RLIMIT_MEMLOCK ${4096 * (4 + draw.below(24))}`]]);
  const room = name === 'maps' ? [`#pragma sysctl vm.max_map_count ${28 + draw.below(12)}`] : [];
  return [...area.pragmas, ...limit, ...room];
}

function fork(draw: Draw, area: Area, next: () => number): string {
  const calls = Array.from({ length: draw.below(5) }, () => `    done(${next()}, ${draw.weighted(area.ops)(draw)});`);
  const end = draw.pick(['_exit(0);', '_exit(0);', 'pause();']);
  return [`if (fork() == 0) {`, `    ${SEE}`, ...calls, `    ${end}`, '}', `done(${next()}, 0);`].join('\n');
}

// The enumerations of the kernel API specifications: long names (KAPI_LOCK_RWLOCK), short tokens (rwlock), aliases.

interface Enumeration {
  readonly prefix: string;
  readonly tokens: readonly string[];
  /** Other spellings of a token in the short form. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Whether several may be joined with |. */
  readonly joins: boolean;
}

const words = (text: string): string[] => text.split(' ');

/** All enumerations by a name of ours. */
export const ENUMERATIONS = {
  context: {
    prefix: 'KAPI_CTX_',
    tokens: words('process softirq hardirq nmi atomic sleepable preempt_disabled irq_disabled'),
    joins: true,
  },
  type: {
    prefix: 'KAPI_TYPE_',
    tokens: words('void int uint ptr struct union enum func_ptr array fd user_ptr path custom'),
    aliases: { uptr: 'user_ptr' },
    joins: false,
  },
  flag: {
    prefix: 'KAPI_PARAM_',
    tokens: words('in out inout optional const volatile user dma aligned'),
    aliases: { input: 'in', output: 'out' },
    joins: true,
  },
  constraint: {
    prefix: 'KAPI_CONSTRAINT_',
    tokens: words(
      'none range mask enum alignment power_of_two page_aligned nonzero user_string user_path user_ptr buffer custom',
    ),
    joins: false,
  },
  check: {
    prefix: 'KAPI_RETURN_',
    tokens: words('exact range error_check fd custom no_return'),
    joins: false,
  },
  direction: { prefix: 'KAPI_SIGNAL_', tokens: words('receive send handle block ignore'), joins: true },
  action: {
    prefix: 'KAPI_SIGNAL_ACTION_',
    tokens: words('default terminate coredump stop continue custom return restart queue discard transform'),
    joins: false,
  },
  timing: {
    prefix: 'KAPI_SIGNAL_TIME_',
    tokens: words('entry during exit anytime blocking sleeping before after'),
    aliases: { while_blocked: 'blocking', while_sleeping: 'sleeping' },
    joins: false,
  },
  effect: {
    prefix: 'KAPI_EFFECT_',
    tokens: words(
      'none alloc_memory free_memory modify_state signal_send file_position lock_acquire lock_release ' +
        'resource_create resource_destroy schedule hardware network filesystem process_state irreversible',
    ),
    joins: true,
  },
  lock: {
    prefix: 'KAPI_LOCK_',
    tokens: words('none mutex spinlock rwlock seqlock rcu semaphore custom'),
    joins: false,
  },
  scope: { prefix: 'KAPI_LOCK_', tokens: words('internal acquires releases caller_held'), joins: false },
  capability: {
    prefix: 'KAPI_CAP_',
    tokens: words(
      'bypass_check increase_limit override_restriction grant_permission modify_behavior access_resource perform_operation',
    ),
    joins: false,
  },
} as const satisfies Record<string, Enumeration>;

/** The name of an enumeration. */
export type EnumerationName = keyof typeof ENUMERATIONS;

/** Looks an enumeration up. */
export function enumeration(name: EnumerationName): Enumeration {
  return ENUMERATIONS[name];
}

/** Reads one name, long or short; a name that the enumeration does not have stays as it is. */
export function readToken(name: EnumerationName, written: string): string {
  const { prefix, tokens, aliases = {} } = enumeration(name);
  const word = written.replace(/[^\w.-]/g, '').slice(0, 80);
  if (word.startsWith(prefix) && /^[A-Z][A-Z0-9_]*$/.test(word.slice(prefix.length))) {
    return word.slice(prefix.length).toLowerCase();
  }
  const lower = word.toLowerCase();
  if (Object.hasOwn(aliases, lower)) return aliases[lower]!;
  return tokens.includes(lower) ? lower : word;
}

/** Reads names joined with | or commas. */
export function readTokens(name: EnumerationName, written: string): string[] {
  const found = written.split(/[|,]/).map((word) => readToken(name, word));
  return found.filter((word) => word !== '' && word !== '0');
}

/** Writes the long name: rwlock is KAPI_LOCK_RWLOCK. */
export function longName(name: EnumerationName, token: string): string {
  return /^[a-z][a-z0-9_]*$/.test(token) ? enumeration(name).prefix + token.toUpperCase() : token;
}

/** Tells whether the enumeration has this token. */
export function isKnown(name: EnumerationName, token: string): boolean {
  return enumeration(name).tokens.includes(token);
}

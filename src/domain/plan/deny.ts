import { isObject, type Json, type JsonObject, parseObject } from '../json';

/** One attempt to send, as IAM sees it when it evaluates the policies of an SES identity. */
export interface Sending {
  readonly sender: Sender;
  readonly action: string;
  /** ARN of the identity. */
  readonly resource: string;
  /**
   * The request's condition keys, in lower case. A key with the value `undefined` is not part of the request; a key that
   * is not here at all cannot be evaluated.
   */
  readonly context: ReadonlyMap<string, string | undefined>;
}

/** Who sends: a service principal, or a role of an account. */
export type Sender =
  | { readonly service: string }
  | { readonly role: string; readonly account: string; readonly root: string };

/** Does it match? `unknown`: it uses something that is not evaluated here. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** Does a policy deny this attempt? An empty text is a policy whose denials were left out, as it had none. */
export function denies(policy: string, sending: Sending): Verdict {
  if (policy === '') return 'no';
  const statements = parseObject(policy)?.['Statement'];
  return each(statements, (statement) => (isObject(statement) ? applies(statement, sending) : 'unknown'));
}

/** The part of a policy that can deny anything; empty where nothing does. */
export function denialsOf(policy: string): string {
  const document = parseObject(policy);
  if (!document) return policy;
  const kept = listOf(document['Statement']).filter((statement) => !isObject(statement) || isDeny(statement));
  return kept.length === 0 ? '' : JSON.stringify({ Statement: kept });
}

const isDeny = (statement: JsonObject) => statement['Effect'] === 'Deny';

function applies(statement: JsonObject, sending: Sending): Verdict {
  if (!isDeny(statement)) return 'no';
  return all([
    element(statement, 'Principal', (principal, form) =>
      each(principalsIn(principal), (one) => matchesSender(one, sending.sender, form)),
    ),
    element(statement, 'Action', (actions) =>
      each(actions, (pattern) => text(pattern, (action) => like(action.toLowerCase(), sending.action.toLowerCase()))),
    ),
    element(statement, 'Resource', (resources) =>
      each(resources, (pattern) => text(pattern, (arn) => like(arn, sending.resource))),
    ),
    conditions(statement['Condition'], sending.context),
  ]);
}

/** How a statement names an element: as `Action`, or as `NotAction`. */
type Form = 'plain' | 'negated';

/** Evaluates an element in either form. A statement must have one of the two. */
function element(
  statement: JsonObject,
  name: string,
  matches: (value: Json | undefined, form: Form) => Verdict,
): Verdict {
  const [plain, excepted] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && excepted !== undefined) return 'unknown';
  return excepted === undefined ? matches(plain, 'plain') : not(matches(excepted, 'negated'));
}

/** Each principal of an element as an object of one member; IAM reads `*` and `{"AWS": "*"}` alike. */
function principalsIn(value: Json | undefined): readonly Json[] {
  if (value === '*') return [{ AWS: '*' }];
  if (!isObject(value)) return listOf(value);
  return Object.entries(value).flatMap(([type, names]) => listOf(names).map((name) => ({ [type]: name })));
}

function matchesSender(principal: Json, sender: Sender, form: Form): Verdict {
  const [[type, name] = []] = isObject(principal) ? Object.entries(principal) : [];
  if (typeof name !== 'string') return 'unknown';
  if (type === 'AWS' && name === '*') return 'yes';
  if (type === 'AWS') {
    if ('service' in sender) return 'no';
    if (name === sender.role) return 'yes';
    // An account means its roles, too. Whether it excepts them, where it stands alone in NotPrincipal, IAM leaves open.
    if (name === sender.account || name === sender.root) return form === 'negated' ? 'unknown' : 'yes';
    // A session of the role, under a name that Cognito chooses.
    return name.includes(`:assumed-role/${sender.role.slice(sender.role.lastIndexOf('/') + 1)}/`) ? 'unknown' : 'no';
  }
  if (type !== 'Service' || name.includes('*')) return 'unknown';
  return 'service' in sender && sender.service === name ? 'yes' : 'no';
}

const comparisons = new Map<string, (pattern: string, actual: string) => Verdict>([
  ['StringEquals', (wanted, actual) => (wanted === actual ? 'yes' : 'no')],
  ['StringLike', like],
  // IAM treats the two alike.
  ['ArnEquals', arnLike],
  ['ArnLike', arnLike],
]);

function conditions(condition: Json | undefined, context: Sending['context']): Verdict {
  if (condition === undefined) return 'yes';
  if (!isObject(condition)) return 'unknown';
  return all(
    Object.entries(condition).flatMap(([operator, keys]) =>
      isObject(keys)
        ? Object.entries(keys).map(([key, wanted]) => conditionHolds(operator, key.toLowerCase(), wanted, context))
        : ['unknown' as const],
    ),
  );
}

function conditionHolds(operator: string, key: string, wanted: Json, context: Sending['context']): Verdict {
  const plain = operator.replace(/^(String|Arn)Not/, '$1');
  const compare = comparisons.get(plain);
  if (!compare || !context.has(key)) return 'unknown';
  const actual = context.get(key);
  // IAM: a key that the request lacks matches no plain operator, and every negated one.
  const matches = actual === undefined ? 'no' : each(wanted, (one) => text(one, (value) => compare(value, actual)));
  return plain === operator ? matches : not(matches);
}

/** Compares a value of a policy; a number or a boolean counts as its text, and variables are not evaluated. */
function text(value: Json, compare: (value: string) => Verdict): Verdict {
  if (typeof value === 'object' || String(value).includes('${')) return 'unknown';
  return compare(String(value));
}

/** IAM compares the six parts of an ARN one by one: a wildcard does not reach over a colon before the last. */
function arnLike(pattern: string, actual: string): Verdict {
  const [wanted, given] = [partsOf(pattern), partsOf(actual)];
  if (wanted.length < 6 || given.length < 6) return 'unknown';
  return all(wanted.map((part, index) => like(part, given[index] ?? '')));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}

/** `*` stands for any text and `?` for one character. Never backtracks further than the last `*`: the pattern is not ours. */
function like(pattern: string, actual: string): Verdict {
  let [at, star, resume] = [0, -1, 0];
  for (let index = 0; index < actual.length; ) {
    if (pattern[at] === '*') {
      [star, resume] = [at, index];
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === actual[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      resume += 1;
      [at, index] = [star + 1, resume];
    } else return 'no';
  }
  return /^\**$/.test(pattern.slice(at)) ? 'yes' : 'no';
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Json];
}

/** Does any item of a list, or the one value, match? SES takes no empty list. */
function each(value: Json | undefined, matches: (item: Json) => Verdict): Verdict {
  const verdicts = listOf(value).map(matches);
  if (verdicts.length === 0) return 'unknown';
  return not(all(verdicts.map(not)));
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('unknown') ? 'unknown' : 'yes';
}

function not(verdict: Verdict): Verdict {
  if (verdict === 'unknown') return verdict;
  return verdict === 'yes' ? 'no' : 'yes';
}

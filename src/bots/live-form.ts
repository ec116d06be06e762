// What a form that is being filled in would mean if it were sent now: the time as understood, what each network counts, which networks
// are chosen. It changes nothing; a chat shows the notes under their fields and fills its lists from the rest.
import type { Account } from '../core/account.ts';
import { CrierError } from '../core/errors.ts';
import type { Platforms } from '../core/ports.ts';
import { type PostDetails, parsePostName } from '../core/post.ts';
import { previewDeliveries } from '../core/preview.ts';
import { nameAccount, resolveTargets } from '../core/targets.ts';
import { partsFor } from '../core/thread.ts';
import { CHANGEABLE } from '../core/usecases/change-post.ts';
import { showPost } from '../core/usecases/show-post.ts';
import type { Call, RawArgs } from './command.ts';
import { isBest } from './commands/best-time.ts';
import { isVariantForm, splitVariant } from './commands/post-forms.ts';
import { readVariants, unquoted, variantArgument } from './commands/post-request.ts';
import { foresee } from './foresee.ts';
import { echoTime } from './live-echo.ts';
import type { Form, Line } from './reply.ts';

type FormCall = Pick<Call, 'deps' | 'actor'>;

export interface FormEcho {
  /** Lines under fields, by field name; `variant:bluesky` for a text of its own. */
  notes: Record<string, Line[]>;
  /** What `when` means; null where that is not one moment to come. */
  at: Temporal.Instant | null;
  /** The networks chosen, in the order they were named. */
  networks: { id: string; name: string }[];
  /** Every account that can be chosen, as `targets` takes them. */
  accounts: { value: string; label: string }[];
  /** The values of those that are chosen. */
  chosen: string[];
}

/** What a form's fields are filled with when it opens. */
export const valuesOf = (form: Form): RawArgs =>
  Object.fromEntries(form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

/**
 * `values` is what stands in the fields now; at the start that is `valuesOf(form)`. Whatever people type is answered by a note; only a
 * store that cannot be asked throws.
 */
export async function describeForm(form: Form, values: RawArgs, call: FormCall): Promise<FormEcho> {
  const args = { ...form.carried, ...values };
  const { deps, actor } = call;
  const times = await timeNotes(form, args, call);
  if (form.command === 'post')
    return { ...NOTHING, ...times, notes: { ...times.notes, ...(await storedNotes(form, args, call)) } };
  if (!form.fields.some(({ kind }) => kind === 'targets')) return { ...NOTHING, ...times };
  const all = await deps.store.accounts.list(actor.workspace.id);
  const { accounts, problem } = readTargets(args.targets ?? '', all, deps.platforms);
  const warnings = previewDeliveries({
    post: { text: args.text ?? '', variants: {} },
    postName: null,
    accounts,
    media: [],
    platforms: deps.platforms,
    now: deps.clock.now(),
    at: times.at,
    dailyCaps: {},
    plannedThatDay: new Map(),
  }).flatMap((preview) => preview.warnings);
  return {
    at: times.at,
    notes: {
      ...times.notes,
      ...noteOn('targets', problem === null ? [...(await slotLines(form, accounts, args, call)), ...warnings] : [problem]),
      ...textNotes(args, accounts, deps.platforms),
    },
    networks: networksOf(accounts, deps.platforms),
    accounts: all
      .filter(({ state }) => state === 'connected')
      .map((account) => ({ value: targetOf(account), label: nameAccount(account, deps.platforms) })),
    chosen: accounts.map(targetOf),
  };
}

type Notes = FormEcho['notes'];

const NOTHING: FormEcho = { notes: {}, at: null, networks: [], accounts: [], chosen: [] };

const noteOn = (field: string, lines: readonly Line[]): Notes => (lines.length === 0 ? {} : { [field]: [...lines] });

const targetOf = ({ platform, handle }: Account): string => `${platform}/${handle}`;

async function timeNotes(form: Form, args: RawArgs, call: FormCall): Promise<Pick<FormEcho, 'notes' | 'at'>> {
  const field = form.fields.find(({ kind }) => kind === 'when');
  const words = (args[field?.name ?? ''] ?? '').replace(/^\s*to\s+/i, '').trim();
  if (!field || words === '') return { notes: {}, at: null };
  const { deps, actor } = call;
  const recipient = args.post === undefined ? { targets: args.targets ?? '' } : { post: args.post };
  const { lines, at } = isBest(words)
    ? await foresee(call, 'best', recipient)
    : echoTime(words, { actor, now: deps.clock.now(), takesRecurring: form.command === 'schedule' });
  return { notes: { [field.name]: lines }, at };
}

/** When a post that is queued would go out. */
async function slotLines(form: Form, accounts: readonly Account[], args: RawArgs, call: FormCall): Promise<Line[]> {
  if (form.command !== 'queue' || accounts.length === 0) return [];
  return (await foresee(call, 'queue', { targets: args.targets ?? '' })).lines;
}

function readTargets(
  text: string,
  all: readonly Account[],
  platforms: Platforms,
): { accounts: Account[]; problem: string | null } {
  if (text.trim() === '') return { accounts: [], problem: null };
  try {
    return { accounts: resolveTargets(text, all, platforms), problem: null };
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    return { accounts: [], problem: error.userMessage };
  }
}

/** The text's count on each network that has none of its own, and under each text of its own that one's. */
function textNotes(args: RawArgs, accounts: readonly Account[], platforms: Platforms): Notes {
  const own = Object.entries(readVariants(args)).filter(([, text]) => text.trim() !== '');
  const idOf = (name: string): string | undefined => platforms.find(name)?.id;
  const others = accounts.filter(({ platform }) => !own.some(([name]) => idOf(name) === platform));
  const isThread = args.thread === 'yes';
  const notes = own.map(([name, text]) => {
    const there = accounts.filter(({ platform }) => platform === idOf(name));
    return noteOn(variantArgument(name), countLine(text, there, platforms, isThread));
  });
  return Object.assign({}, noteOn('text', countLine(args.text ?? '', others, platforms, isThread)), ...notes);
}

/** `Bluesky 212/300 · Mastodon 512/500, 12 too many`; no line where there is no account to count for. */
function countLine(text: string, accounts: readonly Account[], platforms: Platforms, isThread = false): Line[] {
  const counts = accounts.map((account) => ({ account, count: countFor(text, account, platforms, isThread) }));
  const said = counts.map(({ account, count }) => {
    const { name } = platforms.get(account.platform);
    const isAlike = counts.every((other) => other.account.platform !== account.platform || other.count === count);
    return `${isAlike ? name : `${name} ${account.handle}`} ${count}`;
  });
  return said.length === 0 ? [] : [[...new Set(said)].join(' · ')];
}

/** By the limit that is broken, else by the one that cards show; `thread of 3` where it is one. */
function countFor(text: string, account: Account, platforms: Platforms, isThread: boolean): string {
  const platform = platforms.get(account.platform);
  const all = platform.limits(account.announcedLimits);
  const { length } = partsFor(platform, all, text, isThread);
  if (length > 1) return `thread of ${length}`;
  const limits = all.text;
  const limit = limits.find(({ count, max }) => count(text) > max) ?? limits[0];
  const used = limit.count(text);
  const unit = limit === limits[0] ? '' : ` ${limit.unit}`;
  return `${used}/${limit.max}${unit}${used > limit.max ? `, ${used - limit.max} too many` : ''}`;
}

function networksOf(accounts: readonly Account[], platforms: Platforms): FormEcho['networks'] {
  const ids = [...new Set(accounts.map(({ platform }) => platform))];
  return ids.map((id) => ({ id, name: platforms.get(id).name }));
}

/** Of the forms of /post: the counts of a text that is to replace one. */
async function storedNotes(form: Form, args: RawArgs, call: FormCall): Promise<Notes> {
  const { platforms } = call.deps;
  const field = form.fields.find(({ kind }) => kind === 'paragraph');
  const details = field ? await findPost(args.post ?? '', call) : null;
  if (!field || details === null) return {};
  const open = details.deliveries.filter(({ state }) => CHANGEABLE.includes(state)).map(({ account }) => account);
  const value = args[field.name] ?? '';
  if (!isVariantForm(form)) {
    const others = open.filter(({ platform }) => details.post.variants[platform] === undefined);
    return noteOn(field.name, countLine(unquoted(value), others, platforms));
  }
  const variant = splitVariant(value);
  const named = platforms.find(variant?.platform ?? '');
  const there = open.filter(({ platform }) => platform === named?.id);
  return noteOn(field.name, countLine(variant?.text ?? '', there, platforms));
}

async function findPost(name: string, { deps, actor }: FormCall): Promise<PostDetails | null> {
  try {
    return await showPost(deps, actor, parsePostName(name));
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    return null;
  }
}

// The words behind /export, in any order: what each is shows by its looks. What they mean is export.ts' to say.
import { EXPORTS } from '../../core/export.ts';
import { looksLikePeriod } from '../../core/period.ts';
import type { Argument, RawArgs } from '../command.ts';

const EXPORTABLE = ['posts'] as const;

export const EXPORT_ARGUMENTS = [
  { name: 'what', kind: 'choice', summary: 'What to export', choices: EXPORTABLE },
  { name: 'which', kind: 'choice', summary: 'Which of them: all where you say nothing', choices: EXPORTS },
  { name: 'period', kind: 'text', summary: 'Which days: 2026-11, or 2026-11-01..2026-11-30' },
  { name: 'network', kind: 'platform', summary: 'Only what goes to this network' },
  { name: 'campaign', kind: 'campaign', summary: 'Only posts of this campaign' },
] as const satisfies readonly Argument[];

/** One value: bare, or in quotes; with the name it is for before it where that was said. */
const VALUE =
  /(?:(?:--(?<flag>what|which|period|network|campaign)(?:=|\s+))|(?<name>what|which|period|network|campaign):(?=\S))?(?:"(?<quoted>[^"]*)"|“(?<curly>[^”]*)”|(?<word>\S+))/giu;

/** The arguments a word without a name may fill, by its looks; the last of them takes words too many. Whether one is a network or a campaign is known by what there is. */
function fits(word: string): readonly string[] {
  const lower = word.toLowerCase();
  if (EXPORTABLE.some((name) => name === lower)) return ['what'];
  if (EXPORTS.some((name) => name === lower)) return ['which'];
  return looksLikePeriod(word) ? ['period'] : ['network', 'campaign'];
}

/** `posts published 2026-11 bluesky campaign:launch`. Nothing is dropped: what is too much is refused where it goes. */
export function readExportWords(text: string): RawArgs {
  const args: Record<string, string> = {};
  for (const { groups = {} } of text.matchAll(VALUE)) {
    const value = groups.quoted ?? groups.curly ?? groups.word ?? '';
    const named = (groups.flag ?? groups.name)?.toLowerCase();
    const open = fits(value);
    const name = named ?? open.find((each) => args[each] === undefined) ?? open.at(-1) ?? 'what';
    args[name] = args[name] === undefined ? value : `${args[name]} ${value}`;
  }
  return args;
}

// Who may import whom in src/, as DESIGN's house says, each rule with what to do instead. Reading the files is check-imports.ts'.
import { dirname } from 'node:path/posix';

/** One import, with paths from the root of the repository: `src/bots/slack/app.ts`. */
interface Import {
  from: string;
  /** A file below the root, or the name of a package (`node:fs`, `@slack/bolt`). */
  to: string;
  isPackage: boolean;
}

interface Rule {
  breaks: (found: Import) => boolean;
  /** Said after the import that breaks the rule. */
  instead: string;
}

/** Declares a network; told by its content, since shared files lie beside it. */
type IsPlatform = (file: string) => boolean;

const AREAS = ['core', 'db', 'platforms', 'emulator', 'jobs', 'bots', 'web', 'render'];
const CHATS = ['terminal', 'slack', 'discord'];
const CHAT_SDK = /^(@slack\/|discord\.js$|discord-api-types|@discordjs\/)/;
/** Of Node, what neither reads nor writes anything outside of the process. */
const HARMLESS = ['node:crypto', 'node:module', 'node:util', 'node:path', 'node:url', 'node:assert'];

/** `db` of `src/db/open.ts`; '' for a file directly in src. */
const areaOf = (file: string): string => /^src\/([^/]+)\//.exec(file)?.[1] ?? '';
/** `slack` of `src/bots/slack/app.ts`; '' for a file directly in src/bots. */
const partOf = (file: string): string => /^src\/[^/]+\/([^/]+)\//.exec(file)?.[1] ?? '';
const isIn = (file: string, ...areas: string[]): boolean => areas.includes(areaOf(file));

/** May see everything: they put it together. */
export const isComposition = (file: string): boolean =>
  isIn(file, 'compose') || ['src/main.ts', 'src/scheduler.ts'].includes(file);

/** The first rule that an import breaks decides what is said. */
export const rulesFor = (isPlatform: IsPlatform): readonly Rule[] => {
  /** The folder or file that is one network; '' for what they share. */
  const networkOf = (file: string): string => {
    if (!isIn(file, 'platforms')) return '';
    return partOf(file) ? dirname(file).split('/').slice(0, 3).join('/') : isPlatform(file) ? file : '';
  };
  return [
    {
      breaks: ({ to, isPackage }) => !isPackage && !to.startsWith('src/'),
      instead: 'Code in src must run without the rest of the repository. Move what it needs into src.',
    },
    {
      breaks: ({ to }) => isComposition(to),
      instead: 'src/compose puts everything together, and nothing may need it back. Let it hand in what is needed.',
    },
    {
      breaks: ({ from, to, isPackage }) => isIn(from, 'core') && !isPackage && !isIn(to, 'core'),
      instead:
        'core knows nothing of the outside. Declare what it needs as a type in src/core/ports.ts, and let src/compose hand it in.',
    },
    {
      breaks: ({ from, to }) => isIn(from, 'core') && (CHAT_SDK.test(to) || (to.startsWith('node:') && !HARMLESS.includes(to))),
      instead: 'core does no I/O and knows no SDK. Declare a port in src/core/ports.ts, and implement it where I/O belongs.',
    },
    {
      breaks: ({ from, to, isPackage }) => AREAS.includes(areaOf(from)) && !isPackage && areaOf(to) === '',
      instead:
        'Settings, log and data folder are read by src/compose. Take the value as an option, and let src/compose hand it in.',
    },
    {
      breaks: ({ from, to, isPackage }) => areaOf(from) !== areaOf(to) && !isPackage && !isIn(to, 'core', ''),
      instead:
        'Areas see core only, and not each other. Put what both need into src/core, or let src/compose hand one to the other.',
    },
    {
      breaks: ({ from, to }) =>
        isIn(from, 'bots') && CHATS.includes(partOf(from)) && CHATS.includes(partOf(to)) && partOf(from) !== partOf(to),
      instead: 'Chats never meet. Put what they share directly into src/bots.',
    },
    {
      breaks: ({ from, to }) =>
        isIn(from, 'bots') && !CHATS.includes(partOf(from)) && isIn(to, 'bots') && CHATS.includes(partOf(to)),
      instead: 'What all chats share must not know one of them. Return a Reply (src/bots/reply.ts), and let each chat render it.',
    },
    {
      breaks: ({ from, to }) => CHAT_SDK.test(to) && !(isIn(from, 'bots') && CHATS.includes(partOf(from))),
      instead:
        'Only src/bots/slack and src/bots/discord know their SDK. Return a Reply (src/bots/reply.ts), and let each chat render it.',
    },
    {
      breaks: ({ from, to }) => from !== 'src/platforms/index.ts' && networkOf(to) !== '' && networkOf(from) !== networkOf(to),
      instead:
        'Networks never meet; only src/platforms/index.ts lists them. Put what they share into a file of its own in src/platforms.',
    },
  ];
};

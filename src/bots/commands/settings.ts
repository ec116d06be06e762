// /settings: what a workspace can choose, as it is and to change.
import { capOf } from '../../core/caps.ts';
import type { Platforms } from '../../core/ports.ts';
import { sayWeekSlots } from '../../core/slot-words.ts';
import { changeSettings, findSetting, SETTING_NAMES, SETTINGS, type SettingName } from '../../core/usecases/change-settings.ts';
import type { Role, Workspace } from '../../core/workspace.ts';
import { defineCommand } from '../command.ts';
import { type Line, type Reply, type Span, sayPlainly } from '../reply.ts';

export const settings = defineCommand({
  name: 'settings',
  summary: 'Show or change the settings of this workspace',
  permission: 'view',
  arguments: [
    { name: 'name', kind: 'choice', summary: 'Which setting', choices: SETTING_NAMES },
    { name: 'value', kind: 'text', summary: 'Its new value' },
  ],
  examples: SETTING_NAMES.map((name) => `/settings ${name} ${SETTINGS[name].example}`),
  run: async ({ deps, actor, args }) => {
    if (args.name === undefined) return describeSettings(actor.workspace, deps.platforms, 'Settings');
    const name = findSetting(args.name);
    const value = (args.value ?? '').trim();
    if (value === '') return askForValue(name, actor.workspace, deps.platforms);
    const workspace = await changeSettings(deps, actor, { name, value });
    return describeSettings(workspace, deps.platforms, 'Settings changed');
  },
});

/** What is said of a setting that nobody has set. */
const WITHOUT: Record<SettingName, string> = {
  time: '',
  dates: 'asked each time',
  cap: 'none',
  slots: 'good times of each network',
  country: 'asked where it matters',
  language: 'English',
  timezone: '',
  pictures: '',
  roles: 'everyone author',
};

function settingValue(name: SettingName, workspace: Workspace, platforms: Platforms): Line {
  const { defaultTime, dateOrder, slots, country, language, timeZone, pictures, roleRules } = workspace;
  switch (name) {
    case 'time':
      return defaultTime;
    case 'dates':
      return dateOrder ?? '';
    case 'country':
      return country ?? '';
    case 'language':
      return language ?? '';
    case 'timezone':
      return timeZone;
    case 'pictures':
      return pictures;
    case 'cap':
      return sayCaps(workspace, platforms);
    case 'slots':
      return saySlots(slots);
    case 'roles':
      return inOrder(roleRules).flatMap(([whom, role], index): Span[] => [
        ...(index === 0 ? [] : [', ']),
        whom === 'everyone' ? whom : { mention: whom, text: whom },
        ` ${role}`,
      ]);
  }
}

/** `instagram 3, x none`: what holds, and where a usual cap was taken away. */
const sayCaps = (workspace: Workspace, platforms: Platforms): string =>
  platforms
    .all()
    .flatMap((platform) => {
      const cap = capOf(workspace, platform);
      if (cap !== null) return [`${platform.id} ${cap}`];
      return platform.dailyCap === null ? [] : [`${platform.id} none`];
    })
    .join(', ');

/** `Mon-Fri 09:00; Sat 10:00 · bluesky: daily 09:00, 17:00`: each part can be typed as it stands. */
function saySlots(slots: Workspace['slots']): string {
  const own = Object.entries(slots).filter(([network]) => network !== 'all');
  const all = slots.all ? [sayWeekSlots(slots.all)] : [];
  return [...all, ...own.map(([network, week]) => `${network}: ${sayWeekSlots(week)}`)].join(' · ');
}

/** Everyone first, then people, then groups. */
function inOrder(rules: Workspace['roleRules']): [whom: string, role: Role][] {
  const rank = (whom: string): number => (whom === 'everyone' ? 0 : whom.startsWith('&') ? 2 : 1);
  return Object.entries(rules).sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

function valueOrDefault(name: SettingName, workspace: Workspace, platforms: Platforms): Line {
  const value = settingValue(name, workspace, platforms);
  return value.length === 0 ? WITHOUT[name] : value;
}

const describeSettings = (workspace: Workspace, platforms: Platforms, title: string): Reply => ({
  tone: 'plain',
  title,
  fields: SETTING_NAMES.map((name) => ({
    name,
    value: valueOrDefault(name, workspace, platforms),
  })),
  notes: SETTING_NAMES.map(
    (name): Line => [`${SETTINGS[name].summary}: `, { code: `/settings ${name} ${SETTINGS[name].example}` }],
  ),
});

function askForValue(name: SettingName, workspace: Workspace, platforms: Platforms): Reply {
  const { summary, example } = SETTINGS[name];
  // what is shown together and set one by one is no value to start from
  const value = ONE_BY_ONE.includes(name) ? {} : { value: sayPlainly(settingValue(name, workspace, platforms)) };
  return {
    tone: 'plain',
    lines: [`${summary}.`, ...(EXPLAINED[name]?.(workspace, platforms) ?? [])],
    private: true,
    form: {
      title: `Setting: ${name}`,
      command: 'settings',
      fields: [{ name: 'value', label: summary, kind: 'line', required: true, hint: example, ...value }],
      carried: { name },
      inOneLine: `/settings ${name} ${example}`,
    },
  };
}

const ONE_BY_ONE: readonly SettingName[] = ['cap', 'roles', 'slots'];

const slotsExplained = (workspace: Workspace, platforms: Platforms): Line[] => [
  ['As it is now: ', ...spansOf(valueOrDefault('slots', workspace, platforms))],
  `Slots are on the clock of ${workspace.timeZone}. A network with slots of its own has only those.`,
  ['For one network: ', { code: '/settings slots bluesky: daily 9am, 5pm' }],
  ['Without them again: ', { code: '/settings slots bluesky: off' }, ', or for all ', { code: '/settings slots off' }],
];

const capsExplained = (workspace: Workspace, platforms: Platforms): Line[] => [
  ['As it is now: ', ...spansOf(valueOrDefault('cap', workspace, platforms))],
  `So many posts each account has on a day of ${workspace.timeZone}; what is beyond is not scheduled, and held where it comes due.`,
  ['As many as there are: ', { code: '/settings cap bluesky none' }],
];

const rolesExplained = (workspace: Workspace, platforms: Platforms): Line[] => [
  'A viewer looks, an author or approver makes and changes posts, and an admin also connects accounts and changes settings. Admins of the chat are always admins.',
  'A person goes by their own rule, else by the highest of their groups, else by the one for everyone.',
  ['As it is now: ', ...spansOf(valueOrDefault('roles', workspace, platforms))],
  ['For all: ', { code: '/settings roles everyone viewer' }],
  ['For a person or a group, by a mention: ', { code: '/settings roles @name author' }],
  ['Without a rule again: ', { code: '/settings roles everyone none' }],
];

const EXPLAINED: Partial<Record<SettingName, (workspace: Workspace, platforms: Platforms) => Line[]>> = {
  cap: capsExplained,
  roles: rolesExplained,
  slots: slotsExplained,
};

const spansOf = (line: Line): readonly Span[] => (typeof line === 'string' ? [line] : line);

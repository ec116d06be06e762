// /settings: what a workspace can choose, as it is and to change.

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
    if (args.name === undefined) return describeSettings(actor.workspace, 'Settings');
    const name = findSetting(args.name);
    const value = (args.value ?? '').trim();
    if (value === '') return askForValue(name, actor.workspace);
    const workspace = await changeSettings(deps, actor, { name, value });
    return describeSettings(workspace, 'Settings changed');
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
  roles: 'everyone author',
};

function settingValue(name: SettingName, workspace: Workspace): Line {
  const { defaultTime, dateOrder, dailyCaps, slots, country, language, timeZone, roleRules } = workspace;
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
    case 'cap':
      return Object.entries(dailyCaps)
        .map(([platform, cap]) => `${platform} ${cap}`)
        .join(', ');
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

function valueOrDefault(name: SettingName, workspace: Workspace): Line {
  const value = settingValue(name, workspace);
  return value.length === 0 ? WITHOUT[name] : value;
}

const describeSettings = (workspace: Workspace, title: string): Reply => ({
  tone: 'plain',
  title,
  fields: SETTING_NAMES.map((name) => ({
    name,
    value: valueOrDefault(name, workspace),
  })),
  notes: SETTING_NAMES.map(
    (name): Line => [`${SETTINGS[name].summary}: `, { code: `/settings ${name} ${SETTINGS[name].example}` }],
  ),
});

function askForValue(name: SettingName, workspace: Workspace): Reply {
  const { summary, example } = SETTINGS[name];
  // what is shown together and set one by one is no value to start from
  const value = ONE_BY_ONE.includes(name) ? {} : { value: sayPlainly(settingValue(name, workspace)) };
  return {
    tone: 'plain',
    lines: [`${summary}.`, ...(EXPLAINED[name]?.(workspace) ?? [])],
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

const slotsExplained = (workspace: Workspace): Line[] => [
  ['As it is now: ', ...spansOf(valueOrDefault('slots', workspace))],
  `Slots are on the clock of ${workspace.timeZone}. A network with slots of its own has only those.`,
  ['For one network: ', { code: '/settings slots bluesky: daily 9am, 5pm' }],
  ['Without them again: ', { code: '/settings slots bluesky: off' }, ', or for all ', { code: '/settings slots off' }],
];

const rolesExplained = (workspace: Workspace): Line[] => [
  'A viewer looks, an author or approver makes and changes posts, and an admin also connects accounts and changes settings. Admins of the chat are always admins.',
  'A person goes by their own rule, else by the highest of their groups, else by the one for everyone.',
  ['As it is now: ', ...spansOf(valueOrDefault('roles', workspace))],
  ['For all: ', { code: '/settings roles everyone viewer' }],
  ['For a person or a group, by a mention: ', { code: '/settings roles @name author' }],
  ['Without a rule again: ', { code: '/settings roles everyone none' }],
];

const EXPLAINED: Partial<Record<SettingName, (workspace: Workspace) => Line[]>> = {
  roles: rolesExplained,
  slots: slotsExplained,
};

const spansOf = (line: Line): readonly Span[] => (typeof line === 'string' ? [line] : line);

// /settings: what a workspace can choose, as it is and to change.
import { changeSettings, findSetting, SETTING_NAMES, SETTINGS, type SettingName } from '../../core/usecases/change-settings.ts';
import type { Workspace } from '../../core/workspace.ts';
import { defineCommand } from '../command.ts';
import type { Line, Reply } from '../reply.ts';

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
  country: 'asked where it matters',
  language: 'English',
  timezone: '',
};

function settingValue(name: SettingName, { defaultTime, dateOrder, dailyCaps, country, language, timeZone }: Workspace): string {
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
  }
}

const describeSettings = (workspace: Workspace, title: string): Reply => ({
  tone: 'plain',
  title,
  fields: SETTING_NAMES.map((name) => ({
    name,
    value: settingValue(name, workspace) || WITHOUT[name],
  })),
  notes: SETTING_NAMES.map(
    (name): Line => [`${SETTINGS[name].summary}: `, { code: `/settings ${name} ${SETTINGS[name].example}` }],
  ),
});

function askForValue(name: SettingName, workspace: Workspace): Reply {
  const { summary, example } = SETTINGS[name];
  // the caps are shown together and set one by one, so they are no value to start from
  const value = name === 'cap' ? {} : { value: settingValue(name, workspace) };
  return {
    tone: 'plain',
    lines: [`${summary}.`],
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

// /timezone: the zone a person's, or the workspace's, times are read and shown in.
import { setTimeZone, type TimeZoneRequest } from '../../core/usecases/set-time-zone.ts';
import { type Actor, zoneOf } from '../../core/workspace.ts';
import { moment } from '../cards/delivery-lines.ts';
import { type Call, defineCommand } from '../command.ts';
import type { Line, Reply } from '../reply.ts';

export const timezone = defineCommand({
  name: 'timezone',
  summary: 'Show or set the time zone your times are read in',
  permission: 'view',
  arguments: [
    { name: 'zone', kind: 'timezone', summary: 'A zone or city; "workspace ZONE" for everyone; "reset" for none of your own' },
  ],
  examples: [
    '/timezone',
    '/timezone Europe/Berlin',
    '/timezone new york',
    '/timezone workspace Europe/Berlin',
    '/timezone reset',
  ],
  run: async (call) => {
    const words = (call.args.zone ?? '').trim();
    if (words === '') return describeZones(call, call.actor, 'Time zone');
    const actor = await setTimeZone(call.deps, call.actor, readZoneWords(words));
    return describeZones(call, actor, 'Time zone set', ['Posts planned already keep their moment.']);
  },
});

function readZoneWords(words: string): TimeZoneRequest {
  if (/^(?:reset|none|default)$/i.test(words)) return { zone: null, of: 'member' };
  const workspace = /^workspace\s+([\s\S]+)$/i.exec(words);
  return workspace ? { zone: workspace[1] ?? '', of: 'workspace' } : { zone: words, of: 'member' };
}

function describeZones({ deps }: Call, actor: Actor, title: string, notes: readonly Line[] = []): Reply {
  const { member, workspace } = actor;
  return {
    tone: 'plain',
    title,
    fields: [
      { name: 'Yours', value: member.timeZone ?? (fromProfile(member) || `${workspace.timeZone} (the workspace's)`) },
      { name: 'Workspace', value: workspace.timeZone },
      { name: 'Now', value: [moment(deps.clock.now(), zoneOf(actor))] },
    ],
    notes,
  };
}

const fromProfile = ({ profileTimeZone }: Actor['member']): string =>
  profileTimeZone === null ? '' : `${profileTimeZone} (from your profile)`;

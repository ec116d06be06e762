// Puts on emulate's answers what it leaves out and Slack tells: a member's zone, locale and standing, who wrote a message, and
// the files shared with it.
import type { Clock } from '../../../src/core/clock.ts';
import { APP, peopleOf, type Team } from './cast.ts';
import { isObject, type Json, text } from './wire.ts';

export interface Wardrobe {
  /** Files by the message they were shared with: `<team>/<channel>/<ts>`. */
  files: Map<string, Json[]>;
  /** Ids of people whose account is deactivated. */
  left: Set<string>;
  clock: Clock;
}

/** https://docs.slack.dev/reference/objects/user-object. */
function dressUser(user: Json, team: Team, wardrobe: Wardrobe, withLocale: boolean): Json {
  const person = peopleOf(team).find(({ id }) => id === user.id);
  if (!person) return user;
  const { timeZone, locale, isAdmin, isGuest, isStranger } = person;
  const offset = wardrobe.clock.now().toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e9;
  const deleted = wardrobe.left.has(person.id);
  const inside = {
    is_admin: isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: isGuest,
    is_ultra_restricted: isGuest,
  };
  return {
    ...user,
    ...(isStranger ? { team_id: 'T0ELSEWHERE', is_stranger: true } : inside),
    deleted,
    tz: timeZone,
    tz_label: timeZone,
    tz_offset: offset,
    is_app_user: false,
    ...(withLocale && !isStranger ? { locale } : {}),
  };
}

function dressMessage(message: Json, team: Team, wardrobe: Wardrobe, channel: string): Json {
  const byBot = message.user === team.botUserId ? { bot_id: team.botId, app_id: APP.id } : {};
  const files = wardrobe.files.get(`${team.id}/${channel}/${text(message.ts)}`);
  return { ...message, ...byBot, team: team.id, ...(files ? { files } : {}) };
}

export function dress(method: string, args: Json, answer: Json, team: Team, wardrobe: Wardrobe): Json {
  const withLocale = ['true', '1'].includes(String(args.include_locale));
  const user = (one: unknown): unknown => (isObject(one) ? dressUser(one, team, wardrobe, withLocale) : one);
  const message = (one: unknown): unknown => (isObject(one) ? dressMessage(one, team, wardrobe, text(args.channel)) : one);
  if (method === 'users.info' && answer.ok) return { ...answer, user: user(answer.user) };
  if (method === 'users.list' && Array.isArray(answer.members)) return { ...answer, members: answer.members.map(user) };
  if (method === 'chat.postMessage' && answer.ok) return { ...answer, message: message(answer.message) };
  if (method.startsWith('conversations.') && Array.isArray(answer.messages)) {
    return { ...answer, messages: answer.messages.map(message) };
  }
  return answer;
}

// Whose server it is about. In a server that is plain; in direct messages, and where a person has brought Crier along, it is the one of
// their servers in which they have spoken to Crier, and where there are several, the person says which.
import type { Entrance } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Reply } from '../reply.ts';
import { askEntrance } from './entrance.ts';
import type { Front, Work } from './front.ts';
import { answerButton } from './questions.ts';
import { renderReply } from './render.ts';
import type { Voice } from './voice.ts';

export interface Who {
  userId: string;
  /** The server it is about; null where that is to be found out. */
  teamId: string | null;
  /** Where the request itself says who they are in that server. */
  entrance: Entrance | null;
  locale?: string;
}

/** As many of a person's servers as Discord is asked about. */
const MOST_SERVERS = 10;

interface Meeting {
  who: Who;
  voice: Voice;
  name: string;
}

/** Who asks; null where they were asked which server they mean, or told why there is none. */
export async function meet(front: Front, { who, voice }: Meeting, work: Work): Promise<Actor | null> {
  const [entrance, ...others] = await findHomes(front, who);
  if (entrance && others.length === 0) return front.enter(entrance);
  const reply = entrance ? askWhich(front, who, [entrance, ...others], work) : who.teamId === null ? NO_SERVER : NOT_THERE;
  await voice.toOne(renderReply(reply));
  return null;
}

async function findHomes({ deps, rest, timeZone }: Front, who: Who): Promise<Entrance[]> {
  const { entrance, teamId, userId, locale } = who;
  if (entrance) return [entrance];
  const known = teamId === null ? await deps.store.workspaces.teamsOf('discord', userId) : [{ teamId }];
  const asked = known
    .slice(0, MOST_SERVERS)
    .map((team) => askEntrance(rest, { teamId: team.teamId, userId, ...(locale === undefined ? {} : { locale }) }, timeZone));
  return (await Promise.all(asked)).filter((found) => found !== null);
}

/** Of what is typed where no server says it: the one server that can be meant, or null. */
export async function knownHome(front: Front, userId: string): Promise<Entrance | null> {
  const [entrance, ...others] = await findHomes(front, { userId, teamId: null, entrance: null });
  return entrance && others.length === 0 ? entrance : null;
}

function askWhich(front: Front, { userId }: Who, homes: readonly Entrance[], work: Work): Reply {
  const buttons = homes.map(({ teamId, teamName: label }) =>
    answerButton(front, { asking: 'server', teamId, label, userId, work }),
  );
  return { tone: 'plain', lines: ['You are in several servers with Crier. Which one is this about?'], private: true, buttons };
}

const NO_SERVER: Reply = {
  tone: 'bad',
  lines: [
    ['I do not know yet which server you belong to. Type ', { code: '/help' }, ' in a channel of your server once.'],
    'From then on I take what you say here for that server.',
  ],
  private: true,
};

const NOT_THERE: Reply = {
  tone: 'bad',
  lines: ['You are not in the server that this is about, or Crier is no longer there. Nothing was changed.'],
  private: true,
};

// The conversation at a keyboard: a real interactive session, whose keys are pressed here and whose screen is read.
import { once } from 'node:events';
import { commands } from '../../../src/bots/commands/index.ts';
import { describeLine } from '../../../src/bots/foresee.ts';
import { renderNews } from '../../../src/bots/news.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { tellNews } from '../../../src/core/usecases/tell-news.ts';
import { openHttp } from '../../../src/platforms/http.ts';
import { openMediaFetcher } from '../../../src/platforms/media-fetcher.ts';
import { type Newsroom, openNewsroom, PASSWORD, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { type LocalServer, serveLocally } from '../../support/local-server.ts';
import { keptLog } from '../../support/log.ts';
import { CTRL_U, sitDown } from '../terminal/sit-down.ts';
import { type Front, inOneRow, type Picture } from './front.ts';

/** Said above a form, before its first field is asked for. */
const FORM = 'changes nothing.';
/** Where Crier asks for the next line (readline may write a space before it draws the prompt there), or has opened a form. */
const READY = ['\n> ', '\n > ', FORM];

const PATIENCE_MS = 5_000;

export async function openTerminalFront(): Promise<Front> {
  const newsroom = await openNewsroom({ connect: false });
  await furnish(newsroom);
  const pictures = new Map<string, Picture>();
  const web = await serveLocally((request, response) => {
    const picture = pictures.get(request.url ?? '');
    response.writeHead(picture ? 200 : 404, { 'content-type': 'image/png' }).end(picture?.bytes);
  });
  const log = keptLog();
  const http = openHttp({ allowPrivateHosts: [new URL(web.url).host], timeoutMs: 5_000 });
  const mediaFetcher = openMediaFetcher({ http, maxBytes: 1_000_000, timeoutMs: 5_000 });
  const seat = await sitDown({
    commands: openCommands(commands),
    deps: { ...newsroom.deps, log, mediaFetcher },
    actor: () => newsroom.enter({}),
    renderNews: (news) => renderNews(news, newsroom.deps.platforms),
    describe: (line, actor) => describeLine(line, { deps: newsroom.deps, actor }),
  });

  let readUntil = seat.shown().length;
  /** Where the answer to what was typed last begins. */
  let answerFrom = readUntil;

  /** Waits for the first of these texts that comes, from where was read until. */
  async function find(texts: readonly string[]): Promise<{ text: string; end: number }> {
    for (;;) {
      const screen = seat.shown();
      const found = texts.flatMap((text) => {
        const at = screen.indexOf(text, readUntil);
        return at < 0 ? [] : [{ text, end: at + text.length }];
      });
      const first = found.sort((one, other) => one.end - other.end)[0];
      if (first) return first;
      await once(seat.output, 'data', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((cause) => {
        throw new Error(`none of ${texts.join(' | ')} came behind:\n${screen.slice(answerFrom)}`, { cause });
      });
    }
  }
  async function until(texts: readonly string[]): Promise<string> {
    const { text, end } = await find(texts);
    readUntil = end;
    return text;
  }
  /** Until something is asked for: a line, or a form's first field. */
  async function untilAsked(): Promise<void> {
    if ((await until(READY)) === FORM) await find([': ']);
  }
  function enter(typed: string): void {
    answerFrom = seat.shown().length;
    readUntil = answerFrom;
    seat.type(`${typed}\r`);
  }
  async function say(line: string): Promise<void> {
    enter(line);
    await untilAsked();
  }

  return {
    say: (line, picture) => say(picture ? withPicture(line, picture, web, pictures) : line),
    press: async (label) => {
      const all = [...seat.shown().matchAll(/\[(\d+)\] (.+?)(?= {2}|\n)/g)];
      const button = all.findLast(([, , shown]) => shown === label);
      if (!button) throw new Error(`no button "${label}" among ${all.map(([, , shown]) => shown).join(', ')}`);
      await say(button[1] ?? '');
    },
    fill: async (values) => {
      for (const [label, value] of Object.entries(values)) {
        await until([`${label}: `, `${label} (optional): `]);
        // a backslash goes on with the next row
        enter(`${CTRL_U}${value.replaceAll('\n', '\\\r')}`);
      }
      await untilAsked();
    },
    publishDue: async () => {
      answerFrom = seat.shown().length;
      await newsroom.settle(() => PUBLISHED);
      await tellNews(newsroom.deps, [seat.chat]);
      readUntil = seat.shown().length;
    },
    // without the row that was typed
    lastReplyText: () => inOneRow(seat.shown().slice(answerFrom).replace(/^.*\n/, '')),
    everythingShown: seat.raw,
    newsroom,
    log,
    workspaceId: newsroom.actor.workspace.id,
    ownWords: { '@desk': '@team', [newsroom.actor.workspace.teamId]: 'team', [newsroom.actor.member.userId]: 'ann' },
    problems: () => [],
    close: async () => {
      seat.chat.close();
      await seat.done;
      await http.close();
      await web.close();
    },
  };
}

/** The workspace has an account on each network, as teams in Slack and Discord do in their tests. */
async function furnish({ store, actor }: Newsroom): Promise<void> {
  for (const platform of ['bluesky', 'mastodon']) {
    const remoteId = `${platform}-${actor.workspace.teamId}`;
    const account = { platform, handle: '@desk', service: `https://${platform}.example`, remoteId };
    const rest = { announcedLimits: null, expiresAt: null, credentials: { password: PASSWORD } };
    await store.accounts.connect(actor, { ...account, ...rest });
  }
}

/** A terminal takes pictures by their address: `/publish --image https://... "what it shows" to bluesky: Look up`. */
function withPicture(line: string, picture: Picture, web: LocalServer, pictures: Map<string, Picture>): string {
  pictures.set(`/${picture.name}`, picture);
  return line.replace(/^\/\w+/, (command) => `${command} --image ${web.url}/${picture.name} "${picture.altText}"`);
}

// What a person reads who starts Crier in a terminal: what to try, and where everything is.
import type { Line, Reply } from '../reply.ts';

export interface Greeting {
  /** Of the web server, without a slash at the end. */
  webUrl: string;
  links: readonly { title: string; url: string }[];
  teamChats: readonly { name: keyof typeof TITLES; standing: () => string }[];
}

const TITLES = { slack: 'Slack', discord: 'Discord' } as const;

export const greeting = ({ webUrl, links, teamChats }: Greeting): Reply => ({
  tone: 'plain',
  title: 'Crier is ready.',
  lines: [
    'Try: /schedule in 10 seconds to all: Hello',
    '/help lists what there is; Ctrl-D or /quit leaves.',
    ...links.map(({ title, url }): Line => [`${title}: `, { url, text: url }]),
    ...teamChats.map(({ name, standing }) => `${TITLES[name]}: ${standing()}`),
    ['Health: ', { url: `${webUrl}/readyz`, text: `${webUrl}/readyz` }],
  ],
});

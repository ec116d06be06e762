// What whoever installs Crier into a Slack team is told first, by a direct message.
import type { Reply } from '../reply.ts';

export const greeting = (teamName: string): Reply => ({
  tone: 'good',
  title: `Crier is in ${teamName}`,
  lines: [
    'It schedules your team’s social posts from any channel. Two things to type first:',
    ['1. ', { code: '/connect' }, ' connects an account of a network.'],
    [
      '2. ',
      { code: '/schedule tomorrow 9am to all: We are live!' },
      ' schedules a post; ',
      { code: '/schedule' },
      ' alone opens a form.',
    ],
    ['What there is: ', { code: '/help' }, '. In a private channel, invite Crier first: ', { code: '/invite @Crier' }, '.'],
  ],
  buttons: [{ label: 'New post', command: 'schedule', name: 'form', subject: 'new', style: 'primary' }],
});

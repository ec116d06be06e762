// Text cut and split for Slack's limits. Every chat needs that: it is done in shown-text.ts.
export { cutMiddle, cutText, harmless, splitText } from '../shown-text.ts';

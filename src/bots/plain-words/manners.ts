// The words around a request: greetings, "please", "can you", "thanks". What is asked between them is read elsewhere.

const OPENING = new RegExp(
  [
    String.raw`(?:hey|hi|hello|ok|okay)(?:\s+(?:there|crier))?[\s,.!:;-]+`,
    String.raw`/?crier(?:[,:!]\s*|\s+)`,
    String.raw`(?:please|pls|plz|kindly)[\s,]+`,
    String.raw`(?:can|could|would|will)\s+you\s+(?:please\s+|kindly\s+)?`,
    String.raw`(?:i['’]d|i\s+would)\s+like\s+(?:you\s+)?to\s+`,
    String.raw`i\s+(?:want|need)\s+(?:you\s+)?to\s+`,
    String.raw`let['’]?s\s+`,
  ].join('|'),
  'iy',
);
const ASKING = /(?:^|[\s,])(?:can|could|would|will)\s+you\s+/i;
const CLOSING = /(?:[\s,]+(?:please|pls|plz|thanks|thank you|thx|cheers))?[\s.!?]*$/i;

/** A line without what stands politely before the request. */
export function withoutManners(line: string): string {
  const text = line.trimStart();
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const match = OPENING.exec(text);
    if (match === null) return text.slice(at);
    at += match[0].length;
  }
}

/** A request without what stands politely behind it, its full stop included. */
export const withoutThanks = (request: string): string => request.replace(CLOSING, '');

/** Whether a line ends as a question without being a request: "can you cancel P12?" is one, "cancel P12?" may be a doubt. */
export const isDoubt = (line: string): boolean => /\?\s*$/.test(line) && !ASKING.test(line);

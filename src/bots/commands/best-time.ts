// "best" where a time is asked for: the next good time of the post's networks that is free.

export const isBest = (words: string): boolean => /^(?:at\s+)?(?:the\s+)?best(?:\s+(?:time|moment|slot))?$/i.test(words.trim());

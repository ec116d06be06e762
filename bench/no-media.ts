// A media store for posts without any.
import type { MediaStore } from '../src/core/ports.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('there is no media here'));

export const NO_MEDIA: MediaStore = { put: refuse, read: refuse, remove: refuse };

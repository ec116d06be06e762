// Every command there is, in the order /help lists them.
import type { Command } from '../command.ts';
import { accounts } from './accounts.ts';
import { analytics } from './analytics.ts';
import { calendar } from './calendar.ts';
import { connect } from './connect.ts';
import { digest } from './digest.ts';
import { disconnect } from './disconnect.ts';
import { draft } from './draft.ts';
import { exportCommand } from './export.ts';
import { helpFor } from './help.ts';
import { overview } from './overview.ts';
import { post } from './post.ts';
import { posts } from './posts.ts';
import { publish } from './publish.ts';
import { queue } from './queue.ts';
import { schedule } from './schedule.ts';
import { settings } from './settings.ts';
import { status } from './status.ts';
import { timezone } from './timezone.ts';

export const commands: readonly Command[] = [
  schedule,
  queue,
  publish,
  draft,
  overview,
  posts,
  calendar,
  post,
  analytics,
  digest,
  exportCommand,
  accounts,
  connect,
  disconnect,
  timezone,
  settings,
  status,
  helpFor(() => commands),
];

// Under which names a delivery stands in the log, in every line about one, so that a search for its id finds all of them.

interface About {
  post: { id: string };
  delivery: { id: string };
  account: { platform: string };
}

/** Of a claim, or of whatever else knows the three. */
export const logFieldsOf = ({ post, delivery, account }: About): { post: string; delivery: string; platform: string } => ({
  post: post.id,
  delivery: delivery.id,
  platform: account.platform,
});

/** Of news, whose delivery knows its account. */
export const newsFieldsOf = ({
  post,
  delivery,
}: Pick<About, 'post'> & { delivery: About['delivery'] & Pick<About, 'account'> }) =>
  logFieldsOf({ post, delivery, account: delivery.account });

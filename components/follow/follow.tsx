import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";

interface FollowProps {
  readonly site: Site;
  /** Components of which a subscriber is told; all, where there are none. */
  readonly components: readonly string[];
  /** Its Atom feed. */
  readonly feed: string;
  /** Whether the page is one that people pass on: the script adds a button for it. */
  readonly isShared?: boolean;
}

/** How to be told of one component or one incident. */
export function Follow({ site, components, feed, isShared = false }: FollowProps) {
  const { follow, script } = messagesIn(site.config.locale);
  const shared = { "data-share": script.share, "data-copy-link": script.copyLink, "data-copied": script.copied };
  const query = new URLSearchParams(components.map((id) => ["component", id]));
  return (
    <p className="follow" {...(isShared ? shared : {})}>
      <a className="follow-main" href={query.size === 0 ? "/subscribe" : `/subscribe?${query}`}>
        {components.length === 1 ? follow.component : follow.affected}
      </a>
      <a href={feed}>{follow.feed}</a>
      {isShared && <script src="/assets/share.js" defer data-candor="" />}
    </p>
  );
}

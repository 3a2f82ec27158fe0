interface FollowProps {
  /** Components of which a subscriber is told; all, where there are none. */
  readonly components: readonly string[];
  /** Its Atom feed. */
  readonly feed: string;
  /** Whether the page is one that people pass on: the script adds a button for it. */
  readonly isShared?: boolean;
}

/** How to be told of one component or one incident. */
export function Follow({ components, feed, isShared = false }: FollowProps) {
  const query = new URLSearchParams(components.map((id) => ["component", id]));
  return (
    <p className="follow" data-share={isShared ? "" : undefined}>
      <a className="follow-main" href={query.size === 0 ? "/subscribe" : `/subscribe?${query}`}>
        {components.length === 1 ? "Subscribe to this component" : "Subscribe to what is affected"}
      </a>
      <a href={feed}>Atom feed</a>
      {isShared && <script src="/assets/share.js" defer data-candor="" />}
    </p>
  );
}

import { pageMetadata } from "#components/frame/metadata.ts";
import "./subscribe.css";
import { Frame } from "#components/frame/frame.tsx";
import { reader } from "#lib/web/reader.ts";

export function generateMetadata() {
  const site = reader().site();
  const description = `Be told of incidents and maintenance of ${site.config.name}`;
  return pageMetadata(site, { path: "/subscribe", title: "Subscribe", description });
}

/**
 * What stands here where there is no server to sign up with: in a copy of the site as files, and in the preview. The
 * server puts its forms in the place of what is in `main`.
 */
export default function SubscribePage() {
  const site = reader().site();
  return (
    <Frame site={site} here="/subscribe">
      <h1>Subscribe</h1>
      <p className="lead">Follow {site.config.name} in a feed reader. It needs no address of yours.</p>
      <ul>
        <li>
          <a href="/history.atom">Atom</a>
        </li>
        <li>
          <a href="/history.rss">RSS</a>
        </li>
        <li>
          <a href="/feed.json">JSON Feed</a>
        </li>
      </ul>
      <p>This copy of the site has no server of its own, so it cannot send messages.</p>
    </Frame>
  );
}

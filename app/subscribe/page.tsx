import { headers } from "next/headers";
import { pageMetadata } from "#components/frame/metadata.ts";
import "#components/form/form.css";
import "./subscribe.css";
import { Frame } from "#components/frame/frame.tsx";
import { FEEDS } from "#components/subscribe/feed-links.tsx";
import { SubscriberPage } from "#components/subscribe/subscriber-page.tsx";
import { messagesIn } from "#lib/messages/messages.ts";
import { titleOf } from "#lib/subscribers/forms/view.ts";
import { pageView, VIEW_HEADER } from "#lib/web/page-views.ts";
import { reader } from "#lib/web/reader.ts";

export async function generateMetadata() {
  const site = reader().site();
  const t = messagesIn(site.config.locale);
  const view = await viewOfRequest();
  const title = view ? titleOf(view, t) : t.signUp.title;
  return pageMetadata(site, { path: "/subscribe", title, description: t.signUp.about({ name: site.config.name }) });
}

/** The forms by which readers subscribe, change and leave. A copy of the site as files has no server for that, and says so. */
export default async function SubscribePage() {
  const site = reader().site();
  const view = await viewOfRequest();
  const isOwn = view && !["sign-up", "closed", "refused", "sent"].includes(view.kind);
  return (
    <Frame site={site} here={isOwn ? "" : "/subscribe"}>
      {view ? <SubscriberPage view={view} config={site.config} /> : <WithoutServer />}
    </Frame>
  );
}

async function viewOfRequest() {
  const found = pageView((await headers()).get(VIEW_HEADER));
  return found?.path === "/subscribe" ? found.view : undefined;
}

function WithoutServer() {
  const { config } = reader().site();
  const { signUp } = messagesIn(config.locale);
  return (
    <>
      <h1>{signUp.title}</h1>
      <p className="lead">{signUp.noServer({ name: config.name })}</p>
      <ul>
        {FEEDS.map(([form, path]) => (
          <li key={path}>
            <a href={path}>{form}</a>
          </li>
        ))}
      </ul>
      <p>{signUp.noServerWhy}</p>
    </>
  );
}

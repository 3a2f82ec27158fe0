"use strict";
/** Adds a button that passes the page's address on, to the line about following it. */
{
  const follow = document.querySelector(".follow[data-share]");
  if (follow && (navigator.share || navigator.clipboard)) {
    const words = follow.dataset;
    const share = document.createElement("button");
    share.type = "button";
    share.textContent = navigator.share ? words.share : words.copyLink;
    share.addEventListener("click", async () => {
      const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      try {
        if (navigator.share) return await navigator.share({ title: document.title, url });
        await navigator.clipboard.writeText(url);
        share.textContent = words.copied;
      } catch {
        // The reader changed their mind, or allows no page to copy.
        share.textContent = words.copyLink;
      }
    });
    follow.append(share);
  }
}

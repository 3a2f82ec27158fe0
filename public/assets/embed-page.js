/*
 * Keeps /embed true while it stays open: once a minute it asks for the page again and puts in what has changed, without
 * loading itself anew. While the state cannot be asked for it shows nothing: least of all that all is well.
 */
(() => {
  const body = document.body;
  const look = async () => {
    try {
      const response = await fetch(location.href, { credentials: "omit" });
      if (!response.ok) throw new Error(String(response.status));
      const shown = new DOMParser().parseFromString(await response.text(), "text/html").body;
      body.hidden = false;
      if (shown.innerHTML !== body.innerHTML) body.replaceChildren(...shown.childNodes);
    } catch {
      body.hidden = true;
    }
    setTimeout(() => void look(), 60_000);
  };
  setTimeout(() => void look(), 60_000);
})();

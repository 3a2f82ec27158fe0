{
  const { version } = document.currentScript.dataset;
  // Says at once which version there is, and again with every save; after a restart the browser asks anew by itself.
  new EventSource("/_preview/changes").addEventListener("version", ({ data }) => {
    if (data !== version) location.reload();
  });
}

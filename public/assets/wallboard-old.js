"use strict";
// A television whose browser is too old for live.js and wallboard.js would show for ever what it loaded once. Its page is
// loaded anew every half minute instead, and loses its colours when it cannot be. Written in what browsers of 2016 read.
if (typeof customElements === "undefined" || !customElements.get("candor-board")) {
  const board = document.querySelector("candor-board");
  const lose = () => {
    if (!board) return;
    board.className = "is-stale";
    board.querySelector(".board-link").textContent = board.dataset.lostOld;
  };
  if (board && "late" in board.dataset) lose();
  setInterval(() => {
    fetch(location.href, { cache: "no-cache" }).then((answer) => (answer.ok ? location.reload() : lose()), lose);
  }, 30000);
}

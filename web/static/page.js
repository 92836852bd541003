// Says once that a person has the page before them, and takes a button's second click away.
"use strict";
if (location.pathname.includes("/m/") && document.querySelector("article, footer")) {
  const here = location.pathname.replace(/(\/m\/[^/]+).*$/, "$1");
  const tell = () => fetch(here + "/opened", { method: "POST", keepalive: true }).catch(() => {});
  if (document.visibilityState === "visible") tell();
  else document.addEventListener("visibilitychange", tell, { once: true });
}
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button")) button.disabled = true;
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
});

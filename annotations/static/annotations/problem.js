// The last problem is over once the editor tries something else; a new one is brought into view.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("[data-quiet]")) return; // nobody has tried anything
  document.getElementById("problem").textContent = "";
});
// What was said of the last deed goes with the next one, and when another claim is opened.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { verb, elt } = event.detail.requestConfig;
  if (verb === "get" && (event.detail.target.id !== "panel" || elt.id === "panel")) return;
  // htmx looks for places from where the form is: one that undoes stays until its answer replaces it.
  document.querySelectorAll("#messages, #notice").forEach((said) => said.contains(elt) || said.replaceChildren());
});
// Focus goes on where the person does: to the first field with a fault, or to what a deed has done.
const faulty = (part) => part.querySelector(".conflict") ?? part.querySelector(".faulty")?.querySelector("input:not([type=hidden]), textarea, select");
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig?.verb === "get" || !event.detail.xhr) return;
  const part = document.getElementById(event.detail.target.id);
  if (!part || !part.matches(".panel, .panel *")) return;
  const fault = event.detail.xhr.status >= 400 && faulty(part);
  if (fault) fault.focus();
  else if (document.activeElement === document.body) (part.matches(".panel") ? document.getElementById("panel-title") : part.closest("section").querySelector("[data-next]"))?.focus();
});
faulty(document)?.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "problem") document.getElementById("problem").focus();
});
// After a log-in in another tab the page still holds the old token; the cookie has the new one.
document.addEventListener("htmx:configRequest", (event) => {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (cookie && event.detail.verb !== "get") event.detail.parameters.csrfmiddlewaretoken = cookie[1];
});
// A server that cannot be reached is a problem like any other; nothing typed is lost.
document.addEventListener("htmx:sendError", () => {
  const problem = document.getElementById("problem");
  problem.textContent = problem.dataset.offline;
  problem.focus();
});
// A field that was pulled larger stays so when its form is swapped.
let heights = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  heights = [...event.detail.target.querySelectorAll("textarea[id]")].filter((field) => field.style.height).map((field) => [field.id, field.style.height]);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, height] of heights) if (document.getElementById(id)) document.getElementById(id).style.height = height;
});

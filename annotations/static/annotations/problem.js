// The last problem is over once the editor tries something else; a new one is brought into view.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("[data-quiet]")) return; // nobody has tried anything
  document.getElementById("problem").textContent = "";
});
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

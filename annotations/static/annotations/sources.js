// A source used before fills in the form; what it says about this claim is left to write.
document.addEventListener("click", (event) => {
  const chosen = event.target.closest?.("[data-source]");
  if (!chosen) return;
  const form = document.getElementById("attach-form");
  for (const name of ["address", "title", "publisher", "published_on", "source_kind"]) form.elements[name].value = chosen.dataset[name];
  form.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("found").replaceChildren();
  form.elements.stance.focus();
});

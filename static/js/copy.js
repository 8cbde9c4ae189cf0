// Gives what is to be copied a button beside it, which says when it was done. An element with data-copy holds the text;
// what data-copy says is what the button does, for whoever does not see what it stands beside.
const said = document.createElement("span");
said.setAttribute("role", "status");

for (const source of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "utrecht-button utrecht-button--secondary-action";
  button.textContent = "Kopieer";
  button.setAttribute("aria-label", source.dataset.copy);
  button.addEventListener("click", async () => {
    button.after(said);
    try {
      await navigator.clipboard.writeText(source.textContent);
      said.textContent = "Gekopieerd";
    } catch {
      said.textContent = "Kopiëren lukt niet. Selecteer de tekst en kopieer die zelf.";
    }
  });
  const row = document.createElement("p");
  row.className = "row";
  row.append(button);
  source.parentElement.after(row);
}

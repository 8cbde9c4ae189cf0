// Asks the browser for a passkey, a new one or one that there is, and sends what it answers. What is asked stands in the
// page as JSON. Without this script the page shows how to get in without a passkey.
const block = document.querySelector("[data-passkey]");
const form = block.querySelector("form");
const said = block.querySelector("[role=status]");
const { creation_options: toMake, request_options: toAsk } = JSON.parse(document.getElementById("js_data").textContent);

const WHY = {
  InvalidStateError: "Deze passkey hoort al bij uw account.",
  SecurityError: "Op dit webadres werken passkeys niet.",
};

async function answer() {
  if (toMake) {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(toMake.publicKey) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(toAsk.publicKey) });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "";
  try {
    form.elements.credential.value = JSON.stringify(await answer());
  } catch (fault) {
    said.textContent = WHY[fault.name] ?? "Dat is niet gelukt, of u stopte ermee. Probeer het opnieuw.";
    return;
  }
  form.submit();
});

block.hidden = false;
document.querySelector("[data-without-script]").hidden = true;
if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  form.hidden = true;
  said.textContent = "Deze browser kent nog geen passkeys. Werk hem bij, of gebruik een app.";
}

// The npm package oidc-provider with people whom a test changes, for tests/oidc_provider.py. It runs on this machine
// only, and asks for a name and no password.
//
// node oidc_provider.mjs PACKAGE OPTIONS PEOPLE: the folder of the package; a JSON object with port, path of return,
// claims in the ID token or not, a secret or public keys; and a JSON file with claims by name, read at each sign-in.
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import { pathToFileURL } from "node:url"

const [packageFolder, optionsText, peopleFile] = process.argv.slice(2)
const { Provider } = await import(pathToFileURL(`${packageFolder}/lib/index.js`))
const options = JSON.parse(optionsText)
const people = async () => JSON.parse(await readFile(peopleFile, "utf8"))

const extra = ["email", "email_verified", "name", "given_name", "family_name", "preferred_username", "upn", "groups",
  "_claim_names", "_claim_sources", "idp", "phone_number"]
const provider = new Provider(options.issuer, {
  clients: [{
    client_id: "samenwerking",
    redirect_uris: [options.returnTo],
    post_logout_redirect_uris: [options.endAt],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    ...options.client,
  }],
  claims: { openid: ["sub", ...extra], profile: [], email: [] },
  scopes: ["openid", "profile", "email"],
  acrValues: ["laag", "hoog"],
  conformIdTokenClaims: options.onlyInUserinfo,
  clientAuthMethods: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
  enabledJWA: { clientAuthSigningAlgValues: ["PS256", "RS256", "ES256"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  cookies: { keys: ["only for these tests"] },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  // Asking whether we may read a name is not what is tested.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    })
    grant.addOIDCScope("openid profile email")
    await grant.save()
    return grant
  },
  async findAccount(ctx, id) {
    return { accountId: id, claims: async () => ({ ...(await people())[id]?.claims, sub: id }) }
  },
})

const form = `<!DOCTYPE html><html lang="nl"><title>Inloggen</title><main><h1>De organisatie</h1><form method="post">
<label>Naam <input name="login"></label><button name="doe" value="in">Log in</button>
<button name="doe" value="stop">Stop</button></form></main></html>`

async function interact(request, response) {
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html; charset=utf-8")
    return response.end(form)
  }
  let body = ""
  for await (const part of request) body += part
  const sent = new URLSearchParams(body)
  if (sent.get("doe") === "stop") {
    return provider.interactionFinished(request, response, { error: "access_denied" })
  }
  const id = sent.get("login")
  const { amr, acr } = (await people())[id] ?? {}
  return provider.interactionFinished(request, response, { login: { accountId: id, amr, acr } })
}

const serve = provider.callback()
createServer((request, response) =>
  request.url.startsWith("/interaction/") ? interact(request, response) : serve(request, response),
).listen(options.port, "127.0.0.1")

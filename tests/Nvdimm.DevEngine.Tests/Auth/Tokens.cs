using System.Text.Json;

namespace Nvdimm.DevEngine.Tests.Auth;

/// <summary>Gets tokens as clients do.</summary>
internal static class Tokens
{
    public static async Task<string> GetAsync(RunningEngine engine, string user, string password)
    {
        using var answer = await AskAsync(engine, ("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", user), ("password", password));
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), body.ToString());
        return body.GetProperty("access_token").GetString()!;
    }

    public static async Task<HttpResponseMessage> AskAsync(RunningEngine engine, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        return await engine.Anonymous.PostAsync(new Uri("/ovirt-engine/sso/oauth/token", UriKind.Relative), content);
    }
}

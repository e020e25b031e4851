using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Clients;

/// <summary>
/// A client's recorded traffic: each request with its headers and body, and of each answer the status and the fields that the client reads.
/// <c>{1}</c> is the first id that the engine made, and <c>{token}</c> the token of the last login.
/// </summary>
internal sealed class ClientTraffic : IDisposable
{
    private readonly JsonDocument recording;
    private readonly Dictionary<string, string> made = new(StringComparer.Ordinal);

    /// <param name="file">The recording, below <c>TestData/clients</c>.</param>
    public ClientTraffic(string file) => recording = JsonDocument.Parse(TestFiles.Text("clients", file));

    /// <summary>Sends the requests in their order.</summary>
    /// <returns>For each answer that differs from the recorded one: the call, and the difference.</returns>
    public async Task<IReadOnlyList<string>> ReplayAsync(HttpClient client)
    {
        var differences = new List<string>();
        foreach (var recorded in recording.RootElement.GetProperty("requests").EnumerateArray())
        {
            using var request = Request(recorded);
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var before = differences.Count;
            Compare(differences, "status", recorded.GetProperty("status").GetInt32().ToString(), ((int)answer.StatusCode).ToString());
            if (recorded.TryGetProperty("json", out var json))
            {
                var sent = JsonDocument.Parse(text).RootElement;
                CompareFields(differences, json, name => sent.TryGetProperty(name, out var value) ? value.GetString() : null);
            }
            else
            {
                CompareXml(differences, recorded, XElement.Parse(text, LoadOptions.PreserveWhitespace));
            }

            for (var difference = before; difference < differences.Count; difference++)
            {
                differences[difference] = $"{recorded.GetProperty("call")} {request.Method} {request.RequestUri}: {differences[difference]}";
            }
        }

        return differences;
    }

    /// <summary>The number of recorded requests.</summary>
    public int Count => recording.RootElement.GetProperty("requests").GetArrayLength();

    public void Dispose() => recording.Dispose();

    private HttpRequestMessage Request(JsonElement recorded)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Parse(recorded.GetProperty("method").GetString()), new Uri(Filled(recorded.GetProperty("path")), UriKind.Relative));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(recorded.TryGetProperty("body", out var body) ? Filled(body) : ""));
        var headers = recorded.TryGetProperty("headers", out var own) ? own : recording.RootElement.GetProperty("headers");
        foreach (var header in headers.EnumerateObject())
        {
            if (header.Name == "Content-Type")
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(header.Value.GetString()!);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Name, Filled(header.Value));
            }
        }

        return request;
    }

    private void CompareXml(List<string> differences, JsonElement recorded, XElement answer)
    {
        Compare(differences, "root", recorded.GetProperty("root").GetString(), answer.Name.LocalName);
        var entity = answer;
        if (recorded.TryGetProperty("count", out var count))
        {
            Compare(differences, "count", count.GetInt32().ToString(), answer.Elements().Count().ToString());
            entity = answer.Elements().FirstOrDefault() ?? answer;
        }

        if (recorded.TryGetProperty("fields", out var fields))
        {
            CompareFields(differences, fields, path => Find(entity, path));
        }
    }

    private void CompareFields(List<string> differences, JsonElement fields, Func<string, string?> find)
    {
        foreach (var field in fields.EnumerateObject())
        {
            var (wanted, found) = (field.Value.GetString()!, find(field.Name));
            if (found is not null && wanted.StartsWith('{') && (wanted == "{token}" || !made.ContainsKey(wanted)))
            {
                made[wanted] = found;
            }

            Compare(differences, field.Name, Filled(field.Value), found);
        }
    }

    private static void Compare(List<string> differences, string what, string? wanted, string? found)
    {
        if (wanted != found)
        {
            differences.Add($"{what} is '{found}', not '{wanted}'");
        }
    }

    /// <summary>A recorded text with the ids of this run.</summary>
    private string Filled(JsonElement text) => made.Aggregate(
        text.GetString()!, (filled, id) => filled.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private static string? Find(XElement entity, string field)
    {
        var (path, attribute) = field.Split('@') is [var before, var name] ? (before, name) : (field, null);
        var found = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((XElement?)entity, (inside, name) => inside?.Element(name));
        return attribute is null ? found?.Value : found?.Attribute(attribute)?.Value;
    }
}

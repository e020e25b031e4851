using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Host.Layouts;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>The fingerprint as JSON. A file is either complete and of this version, or refused: a half-read one could say "verified".</summary>
internal static class FingerprintJson
{
    private const long Version = 1;

    public static string Write(HypervisorFingerprint fingerprint)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented })
        {
            json.WriteStartObject();
            Write(json, "version", Version);
            Write(json, "scope", fingerprint.Scope.ToString());
            Write(json, "seed", (long)fingerprint.Seed);
            Write(json, "cases", (long)fingerprint.Cases);
            Write(json, "mismatches", (long)fingerprint.Mismatches);
            json.WritePropertyName("programs");
            json.WriteStartArray();
            foreach (var program in fingerprint.Programs)
            {
                json.WriteStartObject();
                Write(json, "name", program.Name);
                Write(json, "version", program.Version);
                Write(json, "program", program.Program);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WritePropertyName("binaries");
            json.WriteStartArray();
            foreach (var binary in fingerprint.Binaries)
            {
                json.WriteStartObject();
                Write(json, "path", binary.Path);
                Write(json, "size", binary.Size);
                Write(json, "modified", binary.Modified);
                Write(json, "inode", binary.Inode);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write(HypervisorFingerprint)"/> writes.</summary>
    /// <exception cref="JsonException">It is not that.</exception>
    /// <exception cref="RejectedJsonException">It is no JSON at all, or only what a tolerant reader takes for such.</exception>
    public static HypervisorFingerprint Read(string text)
    {
        JsonGrammar.Check(text);
        using var json = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 4 };
        var fields = new JsonFields(json);
        fields.Start(JsonToken.StartObject);
        if (fields.Number("version") is var version and not Version)
        {
            throw new JsonReaderException($"version {version}, not {Version}");
        }

        var scope = fields.Text("scope");
        if (!Enum.TryParse<ConformanceScope>(scope, out var known) || known.ToString() != scope)
        {
            throw new JsonReaderException($"'{scope}' is no scope");
        }

        var seed = fields.Number("seed", int.MinValue, int.MaxValue);
        var cases = fields.Number("cases", 1, int.MaxValue);
        var mismatches = fields.Number("mismatches", 0, cases);
        var programs = fields.List("programs", () => new ProbedProgram(fields.Text("name"), fields.Text("version"), fields.Text("program")));
        var binaries = fields.List(
            "binaries",
            () => new BinaryIdentity(fields.Text("path"), fields.Number("size"), fields.Number("modified"), fields.Number("inode")));
        fields.Start(JsonToken.EndObject);
        return json.Read()
            ? throw new JsonReaderException("something follows the fingerprint")
            : new HypervisorFingerprint(known, programs, binaries, (int)seed, (int)cases, (int)mismatches);
    }

    private static void Write(JsonTextWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void Write(JsonTextWriter json, string name, long value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }
}

using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>
/// Reads and writes the fingerprint as JSON. A file is complete and of a known version, or it is refused: a half-read file could say
/// "verified".
/// </summary>
internal static class FingerprintJson
{
    private const long Version = 1;

    // The version of a file with unprobed cases. An older reader refuses it, and so does not take the programs for verified.
    private const long VersionWithUnprobed = 2;

    public static string Write(HypervisorFingerprint fingerprint)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented })
        {
            json.WriteStartObject();
            Write(json, "version", fingerprint.Unprobed.Count == 0 ? Version : VersionWithUnprobed);
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
            if (fingerprint.Unprobed.Count > 0)
            {
                json.WritePropertyName("unprobed");
                json.WriteStartArray();
                foreach (var open in fingerprint.Unprobed)
                {
                    json.WriteStartObject();
                    Write(json, "architecture", open.Architecture.Name);
                    Write(json, "deviceSize", open.DeviceSize.Bytes);
                    Write(json, "align", open.Align?.Bytes ?? 0);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return text.ToString();
    }

    /// <summary>Reads the output of <see cref="Write(HypervisorFingerprint)"/>.</summary>
    /// <exception cref="RejectedJsonException">The JSON is not a fingerprint.</exception>
    public static HypervisorFingerprint Read(byte[] utf8) => JsonReading.Read(utf8, json =>
    {
        var (version, scope, seed, cases, mismatches) = (0L, default(ConformanceScope), 0L, 0L, 0L);
        ValueList<ProbedProgram> programs = [];
        ValueList<BinaryIdentity> binaries = [];
        ValueList<UnprobedCase> unprobed = [];
        json.ObjectOf(
            optional: "unprobed",
            ("version", () => version = json.Number(Version, VersionWithUnprobed)),
            ("scope", () => scope = ScopeOf(json)),
            ("seed", () => seed = json.Number(int.MinValue, int.MaxValue)),
            ("cases", () => cases = json.Number(1, int.MaxValue)),
            ("mismatches", () => mismatches = json.Number(0, int.MaxValue)),
            ("programs", () => programs = json.Array(() => Program(json))),
            ("binaries", () => binaries = json.Array(() => Binary(json))),
            ("unprobed", () => unprobed = json.Array(() => Unprobed(json))));
        return (version == VersionWithUnprobed) != unprobed.Count > 0
            ? throw json.Bad("the cases that could not be probed do not fit the version")
            : mismatches > cases ? throw json.Bad("there are more mismatches than cases")
            : new HypervisorFingerprint
            {
                Scope = scope,
                Programs = programs,
                Binaries = binaries,
                Seed = (int)seed,
                Cases = (int)cases,
                Mismatches = (int)mismatches,
                Unprobed = unprobed,
            };
    });

    private static UnprobedCase Unprobed(JsonReading json)
    {
        var (architecture, deviceSize, align) = ("", 0L, 0L);
        json.Object(
            ("architecture", () => architecture = json.Text()),
            ("deviceSize", () => deviceSize = json.Number(0, long.MaxValue)),
            ("align", () => align = json.Number(0, long.MaxValue)));
        return GuestArchitecture.FromName(architecture) is { IsSupported: true } known
            ? new UnprobedCase(known, ByteSize.FromBytes(deviceSize), AlignOf(align))
            : throw json.Bad("the architecture of an unprobed case is none");
    }

    private static Alignment? AlignOf(long bytes) => bytes == 0 ? null : Alignment.FromBytes(bytes);

    private static ConformanceScope ScopeOf(JsonReading json)
    {
        var scope = json.Text();
        return Enum.TryParse<ConformanceScope>(scope, out var value) && value.ToString() == scope
            ? value
            : throw json.Bad("the scope is none");
    }

    private static ProbedProgram Program(JsonReading json)
    {
        var (name, version, program) = ("", "", "");
        json.Object(("name", () => name = json.Text()), ("version", () => version = json.Text()), ("program", () => program = json.Text()));
        return new ProbedProgram(name, version, program);
    }

    private static BinaryIdentity Binary(JsonReading json)
    {
        var path = "";
        var (size, modified, inode) = (0L, 0L, 0L);
        json.Object(
            ("path", () => path = json.Text()),
            ("size", () => size = json.Number(long.MinValue)),
            ("modified", () => modified = json.Number(long.MinValue)),
            ("inode", () => inode = json.Number(long.MinValue)));
        return new BinaryIdentity { Path = path, Size = size, Modified = modified, Inode = inode };
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

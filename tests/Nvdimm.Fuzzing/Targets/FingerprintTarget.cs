using System.Text;
using System.Text.Json;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Fuzzing.Shared;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>What reads the stored fingerprint of the installed programs.</summary>
internal sealed class FingerprintTarget : FuzzTarget, IDisposable
{
    private static readonly string[] Words =
    [
        "\"version\": 1,", "\"version\": 2,", "\"scope\": \"LibvirtAndQemu\",", "\"scope\": \"0\",", "\"seed\": -1,", "\"cases\": 1,", "\"mismatches\": 0,", "\"programs\": [", "\"binaries\": [",
        "{\"name\": \"libvirt\", \"version\": \"9.0.0\", \"program\": \"virsh\"}", "{\"path\": \"/bin/sh\", \"size\": 1, \"modified\": 1, \"inode\": 1}", "/bin/sh", "../../bin/sh", "sh", "/proc/self/mem",
        "/proc/self/exe", "/proc/1/root/x", "/bin/sh/x", "/dev/null", "/", "", " ", "\\u0000", "\\ud800", "/\\u0000", "{", "}", "[", "]", ",", ":", "\"", "'", "//", "/**/", "null", "010", "0x8", "1e3", "NaN",
        "\u00e9", "\ufeff", "new Date(0)", new('a', 300), "/" + new string('a', 5000),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly FingerprintStore store;

    public FingerprintTarget()
    {
        store = new FingerprintStore(StateFolders.Made(folder.Path));
        Directory.CreateDirectory(Path.GetDirectoryName(store.Path)!);
    }

    public override string Name => "fingerprint";

    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes), [0xFF], [0xED, 0xA0, 0x80]];

    public override IReadOnlyList<(byte[] Open, byte[] Close)> Wrappings { get; } =
    [
        ("["u8.ToArray(), "]"u8.ToArray()), ("{\"programs\":"u8.ToArray(), "}"u8.ToArray()), ("\""u8.ToArray(), "\""u8.ToArray()),
    ];

    protected override long AllocatedPerByte => 2000;

    public override IEnumerable<byte[]> Samples()
    {
        foreach (var scope in Enum.GetValues<ConformanceScope>())
        {
            store.Save(new HypervisorFingerprint
            {
                Scope = scope,
                Programs = [new ProbedProgram("libvirt", "9.0.0", "virsh"), new ProbedProgram("qemu x86_64", "7.2.22", "/usr/bin/qemu-system-x86_64")],
                Binaries = [new BinaryIdentity
                    {
                        Path = "/usr/bin/qemu-system-x86_64",
                        Size = 17_000_000,
                        Modified = 1_700_000_000_000_000_000,
                        Inode = 12345,
                    }],
                Seed = 1,
                Cases = 300,
                Mismatches = (int)scope,
            });
            yield return File.ReadAllBytes(store.Path);
        }
    }

    public override void FindParts(byte[] input, List<InputPart> parts) => JsonParts.Find(input, parts);

    public void Dispose() => folder.Dispose();

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(store.Path, input);
        var read = store.Check(GuestArchitecture.X86_64);
        Must.Hold(read.State != FingerprintState.Missing, "a file that is there and not seen");
        Must.Hold(read.State == FingerprintState.Damaged == (read is { Fingerprint: null, Reason.Length: > 0 }), "damage without reason, or a fingerprint in spite of it");
        if (read.Fingerprint is { } fingerprint)
        {
            Must.Hold(IsJson(input), "a fingerprint that is no JSON");
            Must.Hold(fingerprint.Cases > 0 && fingerprint.Mismatches >= 0 && fingerprint.Mismatches <= fingerprint.Cases, "numbers that cannot be");
            Must.Hold(!read.IsVerified || fingerprint.Mismatches == 0, "verified in spite of mismatches");
            store.Save(fingerprint);
            Must.Hold(store.Check(GuestArchitecture.X86_64) == read, "what was read is written otherwise");
        }
    }

    private static bool IsJson(byte[] utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

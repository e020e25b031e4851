using System.Text;
using System.Text.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Fuzzing.Shared;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>What reads the ledger: the file of one device, and an export.</summary>
internal sealed class LedgerTarget : FuzzTarget, IDisposable
{
    private static readonly string[] Words =
    [
        "\"schemaVersion\": 1,", "\"schemaVersion\": 2,", "\"schemaVersion\": 3,", "\"labelSizes\": [131072],", "\"sharing\": null,",
        "\"identity\": \"uuid-8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11\",", "\"identity\": \"name-namespace0.0\",",
        "\"identity\": \"name-../x\",", "\"layout\": null,", "\"labelHash\": null,", "\"records\": [", "\"accepted\": [],", "\"architecture\": \"ppc64\",", "\"architecture\": \"\",",
        " ", "\" \"", "\"\\t\"", "x86_64", "\"strategy\": \"largest\",", "\"guestUuid\": \"8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11\"", "\"firstRecorded\": \"2026-01-31T12:00:00.0000000+00:00\",",
        "0001-01-01T00:00:00.0000000+14:00", "9999-12-31T23:59:59.9999999-14:00", "2026-01-31T12:00:00.0000000Z", "2026-02-30T12:00:00.0000000+00:00", "null", "true", "{", "}", "[", "]",
        ",", ":", "\"", "'", "\\", "\\u0000", "\\ud800", "\\udc00", "\\n", "//", "/**/", "010", "0x8", "NaN", "\u00e9", "\ufeff", "new Date(0)", "{\"name\":\"a\",\"value\":\"b\"}", "",
        "{\"vms\":[\"a\",\"b\"],\"at\":\"2026-01-31T12:00:00.0000000+00:00\",\"by\":\"root\",\"note\":null}",
        "{\"code\":\"NVDIMM_LAYOUT_MOVED\",\"arguments\":[{\"name\":\"a\",\"value\":\"b\"}],\"at\":\"2026-01-31T12:00:00.0000000+00:00\",\"by\":\"root\",\"note\":null}",
    ];

    private static readonly NvdimmDevice Device = new() { Name = "namespace0.0", Uuid = new Guid("8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11"), Path = "/dev/pmem0" };

    private readonly TemporaryFolder folder = new();
    private readonly LayoutLedger ledger;
    private readonly DeviceIdentity identity = DeviceIdentity.Of(Device);
    private readonly string file;

    public LedgerTarget()
    {
        ledger = new LayoutLedger(StateFolders.Made(folder.Path), new Noon());
        file = folder.PathOf($"{identity}.json");
    }

    public override string Name => "ledger";

    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes), [0xFF], [0xED, 0xA0, 0x80]];

    public override IReadOnlyList<(byte[] Open, byte[] Close)> Wrappings { get; } =
    [
        ("["u8.ToArray(), "]"u8.ToArray()), ("{\"schemaVersion\": 1, \"records\": ["u8.ToArray(), "]}"u8.ToArray()), ("{\"layout\":"u8.ToArray(), "}"u8.ToArray()),
        ("\""u8.ToArray(), "\""u8.ToArray()),
    ];

    protected override long AllocatedPerByte => 2000;

    public override IEnumerable<byte[]> Samples()
    {
        var power = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.Ppc64Le, ByteSize.FromMiB(513)) { Align = Alignment.FromKiB(64) }).Layout!;
        var ordinary = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(512)) { Align = Alignment.FromMiB(2), Strategy = SizingStrategy.Largest }).Layout!;
        foreach (var layout in new[] { DeviceLayout.Of(power, Device.Uuid), DeviceLayout.Of(ordinary, guestUuid: null) })
        {
            using var other = new TemporaryFolder();
            var writer = new LayoutLedger(StateFolders.Made(other.Path), new Noon());
            writer.Save(new LayoutUse
            {
                Identity = identity,
                Name = Device.Name,
                Path = Device.Path!,
                Layout = layout,
                Hypervisor = "libvirt 9.0.0",
                VmName = "db \"1\" \u00e9\n",
                LabelHash = new string('a', 64),
                LabelSizes = [ByteSize.FromKiB(128)],
            });
            yield return File.ReadAllBytes(other.PathOf($"{identity}.json"));
            var moved = Finding.Error(NvdimmCodes.LayoutMoved, ("device", Device.Name), ("offset", "4096"), ("planned", "0"), ("by", "x"), ("labels", "y"));
            writer.Accept(identity, Device.Name, Device.Path!, [moved], "root", "known");
            yield return File.ReadAllBytes(other.PathOf($"{identity}.json"));
            writer.Share(identity, Device.Name, Device.Path!, ["db", "other"], "root");
            yield return File.ReadAllBytes(other.PathOf($"{identity}.json"));
            yield return Encoding.UTF8.GetBytes(writer.Export().Json);
        }
    }

    public override void FindParts(byte[] input, List<InputPart> parts) => JsonParts.Find(input, parts);

    public void Dispose() => folder.Dispose();

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(file, input);
        var found = ledger.Find(identity);
        Must.Hold(found.Record is null == found.Findings.Count > 0, "a record that is there and neither read nor reported");
        Must.BeReadable(found.Findings);
        Must.Hold(found.Findings.All(IsDamage), "something else than damage");
        if (found.Record is { } record)
        {
            var export = ledger.Export();
            Must.Hold(export.Findings.Count == 0, "one by one and all together are read otherwise");
            Must.Hold(IsJson(input), "a record that is no JSON");
            Must.Hold(record.Identity == identity, "the record of another device");
            Must.Hold(ledger.Import(export.Json, "export") == new LayoutImport(Added: 0, Unchanged: 1, []), "what was read is written otherwise");
        }

        CheckImport(input);
    }

    /// <summary>An import adds everything or nothing.</summary>
    private void CheckImport(byte[] input)
    {
        File.Delete(file);
        var import = ledger.Import(Encoding.UTF8.GetString(input), "input");
        Must.BeReadable(import.Findings);
        Must.Hold(import.Findings.Count == 0 || (import is { Added: 0, Unchanged: 0 } && import.Findings.All(IsDamage)), "an import by halves");
        var files = Directory.GetFiles(folder.Path, "*.json");
        Must.Hold(files.Length == import.Added && import.Unchanged == 0, "more or fewer records than were added");
        Must.Hold(files.Length == 0 || ledger.Import(Encoding.UTF8.GetString(input), "input") == new LayoutImport(Added: 0, Unchanged: files.Length, []), "what was imported is read otherwise");
        Array.ForEach(files, File.Delete);
    }

    private static bool IsDamage(Finding finding) => finding.Code is NvdimmCodes.LedgerDamaged or NvdimmCodes.LedgerNewer;

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

    /// <summary>The same time always, so that the samples are the same.</summary>
    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using Newtonsoft.Json.Linq;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// In a guest that plays the host a nested QEMU uses the real <c>/dev/pmemX</c> and <c>/dev/daxX.Y</c>: what we predict is what comes, and our
/// probe reads labels from both kinds. QEMU and .NET are those of this machine, whose root the guest has read-only over 9p.
/// </summary>
[Category("real-backings")]
public sealed class RealBackingTests
{
    private const string Script =
        """
        nvdimms
        blank_labels
        ndctl create-namespace -r region0 -m devdax -M mem -a 1G -s 3G
        ndctl create-namespace -r region0 -m devdax -M mem -a 2M -s 528M
        ndctl create-namespace -r region0 -m devdax -M mem -a 4K -s 528M
        ndctl create-namespace -r region0 -m fsdax -M dev -s 528M
        ndctl create-namespace -r region0 -m sector -s 528M
        ndctl create-namespace -r region0 -m raw -s 320M
        share_host
        ndctl list -N -v >/host/run/listing.json
        cp /host/run/listing.json /out/
        say listed
        on_host backings /run/listing.json 'LABELS' /run >/out/report
        """;

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void NestedQemu_OnRealDevices_DoesWhatWePredict_AndTheProbeReadsTheLabels()
    {
        var labels = TestFiles.PathOf("labels", "x86-v1.2-two-namespaces.bin.gz");
        using var folder = new LabFolder();
        var script = HostScripts.ThisMachine + Script.Replace("LABELS", labels, StringComparison.Ordinal);
        var result = LabQemu.Boot(folder, script, LabQemu.Host(folder, 8192));

        var hash = Convert.ToHexStringLower(SHA256.HashData(Unpacked(labels)));
        TestContext.Out.WriteLine(result.Text("report"));
        var reports = result.Text("report").Split('\n').Select(JObject.Parse).ToList();
        Assert.That(reports, Has.Count.EqualTo(12), "six namespaces, two strategies");
        Assert.That(
            reports.Where(report => report["predicted"]!.Type != JTokenType.Null).Select(report => $"{report["mode"]} {report["align"]}").Distinct(),
            Is.SupersetOf(["devdax 1073741824", "devdax 2097152", "devdax 4096", "fsdax 2097152", "sector ", "raw "]),
            "of every kind something starts");
        using (Assert.EnterMultipleScope())
        {
            foreach (var report in reports)
            {
                Assert.That((long?)report["actual"], Is.EqualTo((long?)report["predicted"]), report.ToString());
                if ((long?)report["predicted"] is not null)
                {
                    Assert.That((int?)report["exitCode"], Is.Zero, report.ToString());
                    Assert.That((string?)report["found"], Is.EqualTo($"{hash}@0"), report.ToString());
                }
            }
        }
    }

    private static byte[] Unpacked(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}

using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Nvdimm.Cli;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Host.Tests.Start;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Hook.Tests;

/// <summary>What VDSM, the kernel, the guests and an administrator do on a made host, so that whole lives of devices can be told.</summary>
internal sealed class VmLife : IDisposable
{
    public const string Vm1 = HookHost.VmId;
    public const string Vm2 = "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
    public const string Vm3 = "7b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";

    /// <summary>What each start says on a host without libvirt and QEMU, and without DAX.</summary>
    private static readonly string[] Usual = [NvdimmCodes.PersistenceNotGuaranteed, NvdimmCodes.HypervisorNotVerified];

    public HookHost Host { get; } = new();

    public ValueList<LayoutRecord> Records => Host.Ledger.List().Records;

    /// <summary>The names of the NVDIMMs in the report to the engine.</summary>
    public IEnumerable<string> Reported => JObject.Parse(Host.ReadPayload()).Properties().Select(property => property.Name);

    public static string Name(int number) => $"namespace{number}.0";

    public LayoutRecord RecordOf(int uuid) => Records.Single(record => record.Identity.Key == $"uuid-{HookHost.Uuid(uuid):D}");

    /// <summary>Starts a VM with the devices of these numbers, as VDSM does.</summary>
    public (int Status, string Line, ValueList<string> Codes) Start(string vm, params int[] devices)
    {
        Host.Environment["vmId"] = vm;
        return Host.Run("before_vm_start", Domain(devices));
    }

    /// <summary>Starts a VM, and nothing is said but what each start says.</summary>
    public void StartsSilently(string vm, params int[] devices)
    {
        var (status, line, codes) = Start(vm, devices);
        Assert.That(status, Is.Zero, line);
        Assert.That(codes.Distinct(), Is.SubsetOf(Usual), line);
    }

    /// <summary>Starts a VM, whatever is said.</summary>
    public string Starts(string vm, params int[] devices)
    {
        var (status, line, _) = Start(vm, devices);
        Assert.That(status, Is.Zero, line);
        return line;
    }

    /// <summary>A start is refused with this code at least, and changes no record.</summary>
    /// <returns>What is said.</returns>
    public string Refuses(string code, string vm, params int[] devices)
    {
        var before = Records;
        Host.Environment["vmId"] = vm;
        var line = Host.AssertRefused("before_vm_start", Domain(devices), code);
        Assert.That(Records, Is.EqualTo(before), "a refused start changes no record");
        return line;
    }

    /// <summary>VDSM destroys a VM, be it one that ran or one whose start was refused.</summary>
    public void Stop(string vm, params int[] devices)
    {
        Host.Environment["vmId"] = vm;
        var (status, line, _) = Host.Run("after_vm_destroy", Domain(devices));
        Assert.That(status, Is.Zero, line);
    }

    /// <summary>A VM starts, its guest writes labels of its own on each device, and stops.</summary>
    public void Lives(string vm, params int[] devices)
    {
        Starts(vm, devices);
        foreach (var device in devices)
        {
            WriteLabels(device, Guid.NewGuid());
        }

        Stop(vm, devices);
    }

    /// <summary>The host reports its devices to the engine.</summary>
    public string Report()
    {
        var (status, line, _) = Host.Run("after_hostdev_list_by_caps", "{}");
        Assert.That(status, Is.Zero, line);
        return line;
    }

    /// <summary>The guest writes labels with one namespace; below zero bytes of header for the namespace itself.</summary>
    public void WriteLabels(int number, Guid space, long header = 0)
    {
        using var file = File.OpenWrite(Host.Device(number));
        file.Position = RowNames.EngineOffset + header;
        file.Write(SyntheticLabels.AreaUpTo(2, RowNames.EngineGuest, (space, "db", 7)));
    }

    public void EraseLabels(int number)
    {
        using var file = File.OpenWrite(Host.Device(number));
        file.Position = RowNames.EngineOffset;
        file.Write(new byte[128 << 10]);
    }

    /// <summary>The host boots, and the kernel gives two devices each other's names.</summary>
    public void Swap(int one, int other)
    {
        foreach (var attribute in new[] { "pfn{0}.0/uuid", "namespace{0}.0/uuid" })
        {
            var (first, second) = (Attribute(one), Attribute(other));
            var (ofFirst, ofSecond) = (File.ReadAllText(first), File.ReadAllText(second));
            File.WriteAllText(first, ofSecond);
            File.WriteAllText(second, ofFirst);

            string Attribute(int number) =>
                Path.Combine(Host.Root, $"sys/devices/ndbus0/region{number}", attribute.Replace("{0}", $"{number}", StringComparison.Ordinal));
        }

        var aside = $"{Host.Device(one)}.aside";
        File.Move(Host.Device(one), aside);
        File.Move(Host.Device(other), Host.Device(one));
        File.Move(aside, Host.Device(other));
    }

    /// <summary>The namespace is made anew on the same raw area, with another uuid, and keeps its content.</summary>
    public void GiveUuid(int number, Guid uuid) => Host.Write($"{Host.Pfn(number)}/uuid", $"{uuid:D}\n");

    /// <summary>The superblock was not read: the kernel shows the raw area, and all data is behind a header.</summary>
    public void FallBack(int number, Guid? labels = null, long header = 2 << 20)
    {
        Unbind(number);
        var space = $"sys/devices/ndbus0/region{number}/namespace{number}.0";
        Host.Write($"{space}/block/pmem{number}/size", $"{(RowNames.GiB + header) / 512}\n");
        Host.Write($"{space}/block/pmem{number}/dev", $"259:{number}\n");
        Host.Write($"{space}/block/pmem{number}/ro", "0\n");
        Directory.CreateDirectory(Path.Combine(Host.Root, space, "block", $"pmem{number}", "holders"));
        Directory.CreateSymbolicLink(Path.Combine(Host.Root, space, "block", $"pmem{number}", "device"), Path.Combine(Host.Root, space));
        Directory.CreateSymbolicLink(Path.Combine(Host.Root, "sys", "block", $"pmem{number}"), Path.Combine(Host.Root, space, "block", $"pmem{number}"));
        File.Delete(Host.Device(number));
        using (var file = File.Create(Host.Device(number)))
        {
            file.SetLength(RowNames.GiB + header);
        }

        if (labels is { } guest)
        {
            WriteLabels(number, guest, header);
        }
    }

    /// <summary>The namespace has no driver: no holder, no block device.</summary>
    public void Unbind(int number)
    {
        Host.Write($"sys/devices/ndbus0/region{number}/namespace{number}.0/holder", "\n");
        Directory.Delete(Path.Combine(Host.Root, Host.Pfn(number)), recursive: true);
        File.Delete(Path.Combine(Host.Root, "sys", "block", $"pmem{number}"));
    }

    /// <summary>The raw area's uuid, as the host was made.</summary>
    public static Guid RawUuid(int number) => Guid.Parse($"{number:D8}-82b6-40ad-8962-6f0412bab47d");

    /// <summary>An administrator runs the tool on the host.</summary>
    public async Task<string> Tool(int status, params string[] arguments)
    {
        using var input = new MemoryStream();
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new ToolEnvironment(input, output, error, () => new NdctlRunner()) { Root = Host.Root };
        string[] all = arguments.Contains("--state-folder", StringComparer.Ordinal) ? arguments : [.. arguments, "--state-folder", Host.State];
        Assert.That(await new NvdimmTool(environment).RunAsync(all, CancellationToken.None), Is.EqualTo(status), $"{output}\n{error}");
        return output.ToString();
    }

    /// <summary>What a line advises to do with the ledger, each command once: what is between quotes after <c>nvdimm</c>, without it.</summary>
    public static IReadOnlyList<string[]> Advised(string line) =>
        Regex.Matches(line, "'nvdimm (?<command>layout [^']*)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .Select(match => match.Groups["command"].Value).Distinct(StringComparer.Ordinal).Select(command => command.Split(' ')).ToList();

    /// <summary>The line of the configuration that a line advises: one, whatever it is about.</summary>
    public static string AdvisedNames(string line)
    {
        var advice = Regex.Matches(line, "'(?<line>accept-names = [^']*)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.That(advice, Has.Count.EqualTo(1), line);
        return advice[0].Groups["line"].Value;
    }

    public void Dispose() => Host.Dispose();

    /// <summary>The engine's domain with the NVDIMMs of these numbers.</summary>
    private string Domain(int[] devices) => Regex.Replace(
        Host.Domain("engine-four.xml").Replace("<node>1</node>", "<node>0</node>", StringComparison.Ordinal),
        "<memory model=\"nvdimm\".*?</memory>",
        match => devices.Any(device => match.Value.Contains($"<path>{Host.Device(device)}</path>", StringComparison.Ordinal)) ? match.Value : "",
        RegexOptions.Singleline,
        TimeSpan.FromSeconds(1));
}

using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Hook.Files;

namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>A host below a folder, whose devices can change: sysfs and device files are made anew from what is in its slots.</summary>
internal sealed class LifecycleHost
{
    private readonly int number;
    private readonly string backup;
    private readonly string beginning;

    public LifecycleHost(string folder, int number, IEnumerable<PhysicalDevice> devices)
    {
        this.number = number;
        Root = Path.Combine(folder, $"host{number}");
        (backup, beginning) = (Path.Combine(folder, $"backup{number}"), Path.Combine(folder, $"beginning{number}"));
        IsPrepared = Directory.Exists(beginning);
        Slots = [.. devices];
        Write("etc/machine-id", Id);
        Write("proc/self/mountinfo", "");
        Write("proc/swaps", "Filename Type Size Used Priority\n");
        Configure();
        Delete(State);
        Delete(backup);
        if (Directory.Exists(beginning))
        {
            Copy(beginning, State);
        }
        else
        {
            StateFolder.Make(State, Id);
        }

        Show();
    }

    public string Root { get; }

    /// <summary>Whether the state folder is the one that <see cref="KeepBeginning"/> kept in this folder.</summary>
    public bool IsPrepared { get; }

    /// <summary>The devices, by the number of their names.</summary>
    public PhysicalDevice[] Slots { get; }

    public string Id => new((char)('a' + number), 32);

    public string State => Path.Combine(Root, "var", "lib", "nvdimm-extensions");

    public LayoutLedger Ledger => new(State, TimeProvider.System, Id);

    /// <summary>The names that the engine has been offered.</summary>
    public HashSet<int> Offered { get; } = [];

    /// <summary>The accepted names, as the configuration has them.</summary>
    public SortedSet<string> AcceptedNames { get; } = new(StringComparer.Ordinal);

    public string PathOf(int slot) => Path.Combine(Root, "dev", $"pmem{slot}");

    public void Configure() => Write("etc/nvdimm-extensions/hook.conf", string.Join('\n',
        ["unverified-hypervisor = warn", .. AcceptedNames.Count > 0 ? [$"accept-names = {string.Join(' ', AcceptedNames)}"] : Array.Empty<string>()]));

    /// <summary>The device that the kernel shows under a name, with its file; null where it shows none.</summary>
    public NvdimmDevice? Device(int slot) =>
        new SysfsNvdimmReader(Root).List().FirstOrDefault(device => device.Name == $"namespace{slot}.0" && device.Path is not null);

    /// <summary>The key of the record of a device, and of the oracle's.</summary>
    public string KeyOf(int slot) => Slots[slot].ShownUuid is { } uuid ? $"uuid-{uuid:D}" : $"name-namespace{slot}.0@{Id}";

    /// <summary>Makes sysfs and the device files.</summary>
    public void Show()
    {
        foreach (var folder in new[] { "sys", "dev" }.Select(name => Path.Combine(Root, name)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        for (var slot = 0; slot < Slots.Length; slot++)
        {
            Show(slot, Slots[slot]);
        }
    }

    /// <summary>Writes what guests have left on the devices.</summary>
    public void WriteContent(IEnumerable<int> slots)
    {
        foreach (var slot in slots.Where(slot => Slots[slot].Form != DeviceForm.NoDriver))
        {
            WriteContent(slot, Slots[slot]);
        }
    }

    /// <summary>The uuid in the labels that are on a whole device at an offset; null where there are none.</summary>
    public Guid? LabelAt(int slot, long offset)
    {
        using var file = File.OpenRead(PathOf(slot));
        file.Position = offset;
        var bytes = new byte[128 << 10];
        file.ReadExactly(bytes);
        return LabelArea.Read(bytes)?.Uuids is [var uuid] ? uuid : null;
    }

    /// <summary>Runs a hook as VDSM does, for a VM or for none.</summary>
    /// <returns>Its status, its line, and the payload afterwards.</returns>
    public (int Status, string Line, string Payload) Run(string point, string payload, ModelVm? vm = null)
    {
        var file = Path.Combine(Root, "payload");
        File.WriteAllText(file, payload);
        var line = "";
        var invocation = Invocation.Of("nvdimm-hook", [point, "--root", Root]);
        var status = HookRun.Run(new HookContext(invocation, new PayloadFile(file), Variable, TimeProvider.System), (text, _) => line = text);
        return (status, line, File.ReadAllText(file));

        string? Variable(string name) => name switch
        {
            "vmId" => vm?.Id,
            "nvdimm" => vm?.Property,
            _ => null,
        };
    }

    /// <summary>VDSM's report, through the hook, to the engine.</summary>
    /// <returns>The hook's line.</returns>
    public string Report(bool isEmpty)
    {
        var listed = isEmpty ? [] : Enumerable.Range(0, Slots.Length).Where(slot => File.Exists(PathOf(slot))).Select(Entry);
        var (_, line, report) = Run("after_hostdev_list_by_caps", $"{{{string.Join(", ", listed)}}}");
        Offered.Clear();
        Offered.UnionWith(Regex.Matches(report, @"""namespace(?<slot>\d)\.0""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => int.Parse(match.Groups["slot"].Value, CultureInfo.InvariantCulture)));
        return line;
    }

    /// <summary>The claims are gone, as those of another boot are.</summary>
    public void LoseClaims() => Delete(Path.Combine(State, "claims"));

    /// <summary>Keeps the state folder for the next lifecycle in this folder, so that it need not begin anew.</summary>
    public void KeepBeginning() => Copy(State, beginning);

    /// <summary>The state folder is gone; something may make an empty one in its place, as a boot does with tmpfiles.</summary>
    public void LoseFolder(bool isMadeAgain)
    {
        Delete(State);
        if (isMadeAgain)
        {
            Directory.CreateDirectory(State);
        }
    }

    public void CopyFolder()
    {
        Delete(backup);
        Copy(State, backup);
    }

    public bool RestoreFolder()
    {
        if (!Directory.Exists(backup))
        {
            return false;
        }

        Delete(State);
        Copy(backup, State);
        return true;
    }

    private string Entry(int slot) =>
        $"\"namespace{slot}.0\": {{\"params\": {{\"capability\": \"nvdimm\", \"parent\": \"computer\", \"device_path\": \"{PathOf(slot)}\", \"numa_node\": 0, "
        + $"\"mode\": \"{(Slots[slot].IsRaw || Slots[slot].IsShifted ? "raw" : "fsdax")}\", \"device_size\": {SizeOf(Slots[slot])}}}}}";

    private static long SizeOf(PhysicalDevice device) => device.IsShifted ? device.Size + PhysicalDevice.Header : device.Size;

    private void Show(int slot, PhysicalDevice device)
    {
        var space = $"sys/devices/ndbus0/region{slot}/namespace{slot}.0";
        var isWhole = !device.IsRaw && device.Form == DeviceForm.Whole;
        Write($"{space}/holder", isWhole ? $"pfn{slot}.0\n" : "\n");
        Write($"{space}/size", $"{(device.IsRaw ? device.Size : device.Size + PhysicalDevice.Header)}\n");
        Write($"{space}/uuid", $"{(device.IsRaw ? device.Uuid : device.RawUuid):D}\n");
        Write($"{space}/numa_node", "0\n");
        Link($"sys/bus/nd/devices/namespace{slot}.0", space);
        if (isWhole)
        {
            Write($"sys/devices/ndbus0/region{slot}/pfn{slot}.0/namespace", $"namespace{slot}.0\n");
            Write($"sys/devices/ndbus0/region{slot}/pfn{slot}.0/uuid", $"{device.Uuid:D}\n");
            Write($"sys/devices/ndbus0/region{slot}/pfn{slot}.0/align", $"{2 << 20}\n");
        }

        Directory.CreateDirectory(Path.Combine(Root, "dev"));
        if (device.Form == DeviceForm.NoDriver)
        {
            return;
        }

        var owner = isWhole ? $"sys/devices/ndbus0/region{slot}/pfn{slot}.0" : space;
        Write($"{owner}/block/pmem{slot}/size", $"{SizeOf(device) / 512}\n");
        Write($"{owner}/block/pmem{slot}/dev", $"259:{slot}\n");
        Write($"{owner}/block/pmem{slot}/ro", "0\n");
        Directory.CreateDirectory(Path.Combine(Root, owner, "block", $"pmem{slot}", "holders"));
        Link($"{owner}/block/pmem{slot}/device", owner);
        Link($"sys/block/pmem{slot}", $"{owner}/block/pmem{slot}");
        WriteContent(slot, device);
    }

    private void WriteContent(int slot, PhysicalDevice device)
    {
        using var file = File.Create(PathOf(slot));
        file.SetLength(SizeOf(device));
        Put(device.Content.IsWiped ? null : device.Content.Label, PhysicalDevice.LabelOffset);
        Put(device.Content.Elsewhere, PhysicalDevice.OtherLabelOffset);

        void Put(Guid? label, long offset)
        {
            if (label is { } uuid)
            {
                file.Position = offset + (device.IsShifted ? PhysicalDevice.Header : 0);
                file.Write(SyntheticLabels.Area(2, (uuid, "db", 7)));
            }
        }
    }

    private void Write(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    private void Link(string link, string target)
    {
        var full = Path.Combine(Root, link);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        Directory.CreateSymbolicLink(full, Path.Combine(Root, target));
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) != "claims"))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}

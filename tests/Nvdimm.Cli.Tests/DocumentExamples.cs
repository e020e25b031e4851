using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary>The examples of the package readmes and of the README's chapter about the guard, to the letter.</summary>
internal static class DocumentExamples
{
    public static void Sizing()
    {
        // shown in nuget/Nvdimm.Extensions.md: begin
        var sized = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2) });
        Console.WriteLine($"{sized.Verdict}: guest {sized.Layout?.GuestSize}, label at {sized.Layout?.LabelOffset}");   // Ok: guest 896 MiB, label at 897.875 MiB

        // shown in nuget/Nvdimm.Extensions.md: end
    }

    public static void Parsing()
    {
        // shown in nuget/Nvdimm.Extensions.Ndctl.md: begin
        using var file = File.OpenRead("list-N-v.json");
        var listing = NdctlParser.Parse(file);
        foreach (var device in listing.Devices)
        {
            Console.WriteLine($"{device.Name} {device.Mode} {device.Size} {(device.IsUsable ? "usable" : string.Join(' ', device.Findings))}");
        }

        // shown in nuget/Nvdimm.Extensions.Ndctl.md: end
    }

    public static async Task<NdctlListing> AskingAsync()
    {
        // shown in nuget/Nvdimm.Extensions.Host.md: begin
        var runner = new NdctlRunner(useReader: new SysfsDeviceUseReader());
        var listing = await runner.ListAsync();   // devices in use carry NVDIMM_IN_USE_BY_HOST and are not usable

        // shown in nuget/Nvdimm.Extensions.Host.md: end
        return listing;
    }

    public static async Task<bool> VerifyingAsync()
    {
        // shown in nuget/Nvdimm.Extensions.Host.md: begin
        var report = await ConformanceCheck.RunAsync(new ConformanceOptions { Programs = new HypervisorPrograms { Connection = "qemu:///system" } });
        new FingerprintStore("/var/lib/nvdimm-extensions").Save(HypervisorFingerprint.Of(report));
        var isVerified = new FingerprintStore("/var/lib/nvdimm-extensions").Check(GuestArchitecture.X86_64).IsVerified;   // looks at files only, runs nothing

        // shown in nuget/Nvdimm.Extensions.Host.md: end
        return isVerified;
    }

    public static void Guarding(NvdimmDevice device, NvdimmLayout layout)
    {
        // shown in nuget/Nvdimm.Extensions.Host.md: begin
        var ledger = new LayoutLedger(LayoutLedger.DefaultFolder, TimeProvider.System);
        var planned = DeviceLayout.Of(layout, guestUuid: null);            // a uuid on POWER only
        var check = new LayoutGuard(ledger, new LabelProbe()).Check(device, planned);
        if (check.IsAllowed)
        {
            ledger.Save(new LayoutUse(check.Evidence.Identity, device.Name, device.Path!, planned));
        }

        // shown in nuget/Nvdimm.Extensions.Host.md: end
    }

    public static StartVerdict Starting(NvdimmDevice device, NvdimmLayout layout, string vmName, string vmId)
    {
        // shown in nuget/Nvdimm.Extensions.Host.md: begin
        var start = new StartCheck(LayoutLedger.DefaultFolder, TimeProvider.System);
        var verdict = start.Check(device, DeviceLayout.Of(layout, guestUuid: null));
        if (verdict.IsAllowed)
        {
            start.Ledger.Save(verdict.UseBy(vmName, vmId));
        }

        // shown in nuget/Nvdimm.Extensions.Host.md: end
        return verdict;
    }

    public static LayoutCheck Checking(NvdimmDevice device, NvdimmLayout layout)
    {
        // shown in README.md: begin
        var guard = new LayoutGuard(new LayoutLedger(LayoutLedger.DefaultFolder, TimeProvider.System), new LabelProbe());
        LayoutCheck check = guard.Check(device, DeviceLayout.Of(layout, guestUuid: null));   // a uuid on POWER only

        // shown in README.md: end
        return check;
    }

    public static string? BaseOfADimm(NvdimmLayout layout, ByteSize ram, ByteSize maxMemory, ByteSize dimmSize)
    {
        string? baseAddress = null;

        // shown in README.md: begin
        MemoryHotPlugPlan plug = MemoryHotPlug.Plan(new MemoryHotPlugRequest(GuestArchitecture.X86_64, ram, maxMemory, dimmSize) { Nvdimms = [layout] });
        if (!plug.ComesOnline && plug.Advised is { } advised)
        {
            baseAddress = MemoryHotPlug.Hex(advised.Address);   // <address type='dimm' slot='…' base='0x…'/>, with advised.Slot
        }

        // shown in README.md: end
        return baseAddress;
    }
}

using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// A VM with one NVDIMM, started as a manager would: plan, guard, ledger, domain XML, libvirt. A sparse file stands for the device.
/// </summary>
internal sealed class LabVm : IDisposable
{
    public static readonly ByteSize Memory = ByteSize.FromMiB(512);

    /// <summary>The state folder is none that the user of QEMU may change.</summary>
    private readonly TemporaryFolder state = new();

    public LabVm(ByteSize deviceSize, Alignment? align, LabGuest? guest = null)
    {
        Folder = new LabFolder(guest);
        Name = $"lab-{Folder.Name}";
        Ledger = new LayoutLedger(StateFolders.Made(state.PathOf("ledger")), TimeProvider.System);
        Device = new NvdimmDevice
        {
            Name = "namespace0.0",
            Uuid = Guid.ParseExact("2d2c3c8e-3f1b-4a55-9f43-6a0a2f7d1c11", "D"),
            Path = Folder.Sparse("pmem0", deviceSize),
            Mode = NamespaceMode.Fsdax,
            Size = deviceSize,
            Align = align,
        };
    }

    public string Name { get; }

    /// <summary>The device, as the host lists it now.</summary>
    public NvdimmDevice Device { get; private set; }

    public LayoutLedger Ledger { get; }

    public LabFolder Folder { get; }

    /// <summary>The labels at the place of a layout.</summary>
    public FoundLabels? LabelsAt(NvdimmLayout layout) =>
        new LabelProbe().Survey(Device, LabelSearch.At([new LabelPlace(layout.LabelOffset, layout.Request.LabelSize)])).Found.SingleOrDefault();

    /// <summary>All labels on the device.</summary>
    public LabelSurvey Labels() => new LabelProbe().Survey(Device, LabelSearch.Everywhere);

    /// <summary>The request for the device as it is now.</summary>
    public SizingRequest Request(SizingStrategy strategy) => SizingRequest.For(Folder.Guest.Architecture, Device)!.Value with { Strategy = strategy };

    /// <summary>The host's administrator makes something else of the device.</summary>
    public void Change(ByteSize size, Alignment? align)
    {
        Device = Device with { Size = size, Align = align };
        using var file = File.OpenWrite(Device.Path!);
        file.SetLength(size.Bytes);
    }

    public NvdimmLayout Plan(SizingStrategy strategy)
    {
        var sized = NvdimmSizer.Size(Request(strategy));
        Assert.That(sized.IsRefused, Is.False, sized.Codes.ToString());
        return sized.Layout!;
    }

    public LayoutCheckResult Check(NvdimmLayout layout) => Check(layout, Ledger.Folder);

    /// <summary>What a host says that has never heard of the device.</summary>
    public LayoutCheckResult CheckWithoutLedger(NvdimmLayout layout) =>
        Check(layout, state.PathOf("no-ledger"));

    private LayoutCheckResult Check(NvdimmLayout layout, string folder)
    {
        var reader = new StartEvidenceReader(folder, TimeProvider.System);
        var evidence = reader.Read(new StartVm(Name, Id: null), Device, AskedNvdimm.Of(SizingResult.Of(layout)), reader.ReadHost());
        return StartDecision.Decide(evidence, new StartPolicy()).Check!;
    }

    /// <summary>What the policy says of an operation on the VM, which has the device.</summary>
    public PolicyResult Check(HostDeviceOperation operation) => NvdimmPolicy.Check(new PolicyRequest
    {
        Operation = operation,
        Vm = new VmDescription
        {
            Name = Name,
            Status = VmStatus.Up,
            Memory = Memory,
            MaxMemory = Memory + LabDomain.HotPluggable,
            NumaNodes = [new GuestNumaNode(0, [])],
            Nvdimms = [new AttachedNvdimm(Device.Name, Device.Uuid)],
        },
        Host = new HostDescription { Devices = [Device], IsComplete = true },
    });

    /// <summary>The domain with the device.</summary>
    public string Xml(NvdimmLayout layout)
    {
        var element = NvdimmElement.Create(Device, layout, guestNode: 0);
        Assert.That(element.Element, Is.Not.Null, element.Findings.ToString());
        var domain = DomainXmlEditor.Add(LabDomain.Xml(Name, Folder, Memory), element.Element!);
        Assert.That(domain.Xml, Is.Not.Null, domain.Findings.ToString());
        return domain.Xml!;
    }

    /// <summary>Starts the VM: what the guard does not allow is not started, and a use is recorded before it begins.</summary>
    public LabDomain Start(NvdimmLayout layout, string script)
    {
        var check = Check(layout);
        Assert.That(check.IsAllowed, Is.True, check.Refusals.ToString());
        Record(layout);
        Folder.Prepare(script);
        return LabDomain.Start(Xml(layout), Name, Folder);
    }

    /// <summary>Starts the VM, waits until it has powered off, and records the use again, now with its labels.</summary>
    public GuestResult Boot(NvdimmLayout layout, string script)
    {
        using (var domain = Start(layout, script))
        {
            domain.WaitForEnd();
        }

        Record(layout);
        return Folder.Result();
    }

    public void Dispose()
    {
        Folder.Dispose();
        state.Dispose();
    }

    private void Record(NvdimmLayout layout)
    {
        var use = new LayoutUse
        {
            Identity = DeviceIdentity.Of(Device),
            Name = Device.Name,
            Path = Device.Path!,
            Layout = DeviceLayout.Of(layout, guestUuid: null),
            VmName = Name,
            LabelHash = LabelsAt(layout)?.Area.Hash,
        };
        Assert.That(Ledger.Save(use).Findings, Is.Empty);
    }
}

using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Policy;

public sealed class DeviceAvailabilityTests
{
    private static NvdimmDevice Device => PolicySamples.Device;

    public static IEnumerable<TestCaseData<NvdimmDevice, DeviceState, string>> Devices()
    {
        yield return new(Device, DeviceState.Free, "free");
        yield return new(Device with { Uuid = null }, DeviceState.Free, "free, no uuid");
        yield return new(Device with { Name = "/srv/file", Uuid = null, File = new BackingFile(null, IsDax: false) }, DeviceState.Free, "free");
        yield return new(Device.WithUse(new DeviceUse(false, [DeviceUse.MountedOn("/mnt"), "held by dm-0"])), DeviceState.InUseByHost, "in use by the host (/mnt, held by dm-0)");
        yield return new(Device with { Use = new DeviceUse(false, ["swap"]) }, DeviceState.InUseByHost, "in use by the host (swap)");
        yield return new(Device.With(Finding.Error(NvdimmCodes.InUseByHost, ("use", "mounted on /a"))), DeviceState.InUseByHost, "in use by the host (/a)");
        yield return new(Device with
        {
            DaxDevices = [new DaxDevice
        {
            CharDevice = "dax0.0",
            Size = Device.Size,
            Align = null,
            TargetNode = null,
            Mode = DaxDeviceMode.SystemRam,
            IsDisabled = false,
        }]
        }, DeviceState.InUseByHost, "in use by the host (system RAM)");
        yield return new(Device with { Size = ByteSize.FromMiB(100) }, DeviceState.TooSmall, "too small");
        yield return new(Device with { IsDisabled = true, Path = null }, DeviceState.NotUsable, "not usable: disabled, no device file");
        yield return new(Device.With(Finding.Error(NvdimmCodes.NamespaceDisabled)), DeviceState.NotUsable, "not usable: disabled");
        yield return new(Device.WithUse(new DeviceUse(true, [])), DeviceState.NotUsable, "not usable: read-only");
        yield return new(Device with { Align = null }, DeviceState.NotUsable, "not usable: alignment unknown");
        yield return new(Device with { Size = null }, DeviceState.NotUsable, "not usable: listing incomplete");
        yield return new(Device.With(Finding.Error("SOME_NEW_CODE")), DeviceState.NotUsable, "not usable: SOME_NEW_CODE");
    }

    [TestCaseSource(nameof(Devices))]
    public void State_IsInWords(NvdimmDevice device, DeviceState state, string text)
    {
        var found = Of(device);
        Assert.That((found.State, found.Text), Is.EqualTo((state, text)));
        Assert.That((found.IsFree, found.Reasons.Count == 0), Is.EqualTo((state == DeviceState.Free, state == DeviceState.Free)));
        Assert.That(found.GuestSize, Is.EqualTo(state == DeviceState.Free ? ByteSize.FromMiB(384) : (ByteSize?)null));
    }

    /// <summary>The reasons are the findings themselves, as the device has them, and not one finding that lists their codes.</summary>
    [Test]
    public void Reasons_AreTheFindings()
    {
        var disabled = Finding.Error(NvdimmCodes.NamespaceDisabled);
        Assert.That(Of(Device.With(disabled)).Reasons, Is.EqualTo([disabled]));
        Assert.That(
            Of(Device with { IsDisabled = true, Path = null }).Reasons,
            Is.EqualTo([
                Finding.Error(NvdimmCodes.NamespaceDisabled, ("device", Device.Name)), Finding.Error(NvdimmCodes.NoDevicePath, ("device", Device.Name)),
            ]));
    }

    /// <summary>The meaning of free: a new VM may attach it.</summary>
    [TestCaseSource(nameof(Devices))]
    public void State_IsWhatThePolicySaysOfAnAttach(NvdimmDevice device, DeviceState state, string text)
    {
        var attach = PolicySamples.Attach.OnDevice(_ => device) with { Devices = [device.Name] };
        Assert.That(NvdimmPolicy.Check(attach).IsAllowed, Is.EqualTo(state == DeviceState.Free), text);
    }

    [Test]
    public void State_OfAVmsDevice_NamesTheVmAndWhatItsGuestSees()
    {
        var host = PolicySamples.Host with { Devices = [PolicySamples.OtherDevice, Device] };
        var found = DeviceAvailability.Of(new AvailabilityRequest { Host = host, Vms = [PolicySamples.Vm, PolicySamples.OtherVm] });
        Assert.That(found.Select(device => $"{device.Device.Name}: {device.Text}"), Is.EqualTo(new[] { "namespace0.0: free", "namespace1.0: in use by VM vm2" }));
        Assert.That((found[1].State, found[1].GuestSize), Is.EqualTo((DeviceState.InUseByVm, ByteSize.FromMiB(384))));
        Assert.That(found[1].Users, Is.EqualTo(["vm2"]));
        Assert.That(found[1].Reasons.Single().Code, Is.EqualTo(NvdimmCodes.UsedByOtherVm));
    }

    [Test]
    public void State_OfARefusedSize_HasTheReasonAndNotOnlyItsCode()
    {
        var reason = Of(Device with { Size = ByteSize.FromMiB(100) }).Reasons.Single();
        Assert.That((reason.Code, reason["deviceSize"]), Is.EqualTo((NvdimmCodes.DeviceTooSmall, "104857600")));
    }

    [Test]
    public void State_OfNamesThatAreNotUnique_IsNotUsable() => Assert.That(
        DeviceAvailability.Of(new AvailabilityRequest { Host = PolicySamples.Host with { Devices = [Device, Device] } }).Select(device => device.Text),
        Is.EqualTo(Enumerable.Repeat("not usable: name not unique", 2)));

    [Test]
    public void State_OnPower_NeedsAUuid() => Assert.That(
        Of(Device with { Uuid = null, Path = "/dev/pmem0", Mode = NamespaceMode.Fsdax, Size = ByteSize.FromMiB(2100) }, GuestArchitecture.Ppc64Le).Text,
        Is.EqualTo("not usable: no uuid"));

    [Test]
    public void State_TakesTheStrategyAndTheLabel()
    {
        var small = PolicySamples.Host with { Devices = [Device with { Size = ByteSize.FromMiB(250) }] };
        var largest = new AvailabilityRequest { Host = small, Strategy = SizingStrategy.Largest };
        Assert.That(DeviceAvailability.Of(largest with { Strategy = SizingStrategy.Ovirt }).Single().State, Is.EqualTo(DeviceState.TooSmall));
        Assert.That(DeviceAvailability.Of(largest).Single().GuestSize, Is.EqualTo(ByteSize.FromMiB(128)));
        Assert.That(DeviceAvailability.Of(largest with { LabelSize = ByteSize.FromMiB(200) }).Single().State, Is.EqualTo(DeviceState.TooSmall));
    }

    private static DeviceAvailability Of(NvdimmDevice device, GuestArchitecture architecture = default) => DeviceAvailability.Of(new AvailabilityRequest
    {
        Host = new HostDescription { Devices = [device] },
        Architecture = architecture,
    }).Single();
}

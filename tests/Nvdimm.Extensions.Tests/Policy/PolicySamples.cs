using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>Requests that are allowed without a word; each test changes the one thing that it is about.</summary>
internal static class PolicySamples
{
    public const string Name = "namespace0.0";

    public static Guid Uuid { get; } = Guid.ParseExact("5f4f7d5a-9a47-4d1e-8d5c-0e6a0ce7b9a1", "D");

    public static Guid OtherUuid { get; } = Guid.ParseExact("9c1b7a55-21f4-4b0f-9a0e-6c1f6d1c2b3d", "D");

    /// <summary>A dax device of 512 MiB, of which a guest gets 384 MiB: three hot-plug blocks.</summary>
    public static NvdimmDevice Device { get; } = new()
    {
        Name = Name,
        Uuid = Uuid,
        Path = "/dev/dax0.0",
        Mode = NamespaceMode.Devdax,
        Size = ByteSize.FromMiB(512),
        Align = Alignment.FromMiB(2),
        NumaNode = 0,
    };

    public static NvdimmDevice OtherDevice { get; } = Device with { Name = "namespace1.0", Uuid = OtherUuid, Path = "/dev/dax1.0" };

    public static VmDescription Vm { get; } = new() { Name = "vm1", PinnedHosts = ["host1"], NumaNodes = [new(0, [0])] };

    public static VmDescription VmWithNvdimm { get; } = Vm with { Nvdimms = [new(Name, Uuid)] };

    /// <summary>Another VM with another device.</summary>
    public static VmDescription OtherVm { get; } = Vm with { Name = "vm2", Nvdimms = [new("namespace1.0", OtherUuid)] };

    public static HostDescription Host { get; } = new() { Name = "host1", Devices = [Device, OtherDevice], Selinux = SelinuxState.Permissive };

    public static PolicyRequest Attach { get; } = new() { Operation = HostDeviceOperation.Attach, Vm = Vm, Devices = [Name], Host = Host, OtherVms = [OtherVm] };

    public static PolicyRequest Detach { get; } = Attach with { Operation = HostDeviceOperation.Detach, Vm = VmWithNvdimm };

    public static PolicyRequest Start { get; } = Of(HostDeviceOperation.Start);

    /// <summary>An operation on the VM with its NVDIMM.</summary>
    public static PolicyRequest Of(HostDeviceOperation operation) => new() { Operation = operation, Vm = VmWithNvdimm, Host = Host, OtherVms = [OtherVm] };

    public static PolicyRequest OnVm(this PolicyRequest request, Func<VmDescription, VmDescription> change) => request with { Vm = change(request.Vm!) };

    public static PolicyRequest OnHost(this PolicyRequest request, Func<HostDescription, HostDescription> change) =>
        request with { Host = change(request.Host!) };

    /// <summary>Changes the device that the request is about.</summary>
    public static PolicyRequest OnDevice(this PolicyRequest request, Func<NvdimmDevice, NvdimmDevice> change) =>
        request.OnHost(host => host with { Devices = [change(host.Devices[0]), .. host.Devices.Skip(1)] });

    /// <summary>Makes the other VM share the device by its name.</summary>
    public static PolicyRequest Shared(this PolicyRequest request, VmStatus status = VmStatus.Down) =>
        request with { OtherVms = [OtherVm with { Status = status, Nvdimms = [new(Name)] }] };
}

using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Ledger;

internal static class Samples
{
    public static readonly Guid PowerUuid = GuestUuid.For(Uuid(0));

    public static Guid Uuid(int number) => new((uint)number, 0x82b6, 0x40ad, 0x89, 0x62, 0x6f, 0x04, 0x12, 0xba, 0xb4, 0x7d);

    public static NvdimmDevice Device(int number = 0) => new() { Name = $"namespace{number}.0", Uuid = Uuid(number), Path = $"/dev/pmem{number}" };

    public static DeviceIdentity Identity(int number = 0) => DeviceIdentity.Of(Device(number));

    /// <summary>512 MiB give a backend of 386 MiB, whose labels are at 404619264.</summary>
    public static DeviceLayout Layout(long mebibytes = 512, long alignMebibytes = 2, SizingStrategy strategy = SizingStrategy.Ovirt) => DeviceLayout.Of(
        NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(mebibytes)) { Align = Alignment.FromMiB(alignMebibytes), Strategy = strategy }).Layout!,
        guestUuid: null);

    public static DeviceLayout PowerLayout(Guid uuid, long mebibytes = 513) => DeviceLayout.Of(
        NvdimmSizer.Size(new SizingRequest(GuestArchitecture.Ppc64Le, ByteSize.FromMiB(mebibytes)) { Align = Alignment.FromKiB(64) }).Layout!, uuid);

    public static LayoutUse Use(int number = 0) => new()
    {
        Identity = Identity(number),
        Name = $"namespace{number}.0",
        Path = $"/dev/pmem{number}",
        Layout = Layout(),
        Hypervisor = "libvirt 9.0.0, QEMU 7.2.0",
        VmName = "db \"1\" é\n",
        VmId = "1",
        LabelHash = new string('a', 64),
    };
}

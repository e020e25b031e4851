namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>What shows of a device.</summary>
internal enum DeviceForm
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>A namespace whose superblock was not read, so that its raw area shows.</summary>
    RawArea,

    /// <summary>A namespace without driver: no device file.</summary>
    NoDriver,
}

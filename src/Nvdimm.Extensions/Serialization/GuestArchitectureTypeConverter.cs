namespace Nvdimm.Extensions.Serialization;

/// <summary>An architecture as its name.</summary>
internal sealed class GuestArchitectureTypeConverter() : ValueTypeConverter<GuestArchitecture>(architecture => architecture.Name);

namespace Nvdimm.Extensions.Serialization;

/// <summary>Converts an architecture to and from its name.</summary>
internal sealed class GuestArchitectureTypeConverter() : ValueTypeConverter<GuestArchitecture>(architecture => architecture.Name);

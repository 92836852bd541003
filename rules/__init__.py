"""What is right: pure decisions over facts and an instant. No database, network, file, clock or Prefect."""
